using GpuScheduler.Core.Engine;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Host.Pools;
using GpuScheduler.Host.Startup;
using GpuScheduler.Host.Watching;
using GpuScheduler.Host.Workers;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Grpc;

/// <summary>What admins do.</summary>
public sealed class PoolsService(
    PoolClient pool, PoolReloader reloader, PoolFeed feed, TimeProvider clock, ProductVersion version, StreamLifetime lifetime)
    : Protos.V1.PoolsService.PoolsServiceBase
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(1);

    public override async Task<GetPoolResponse> GetPool(GetPoolRequest request, ServerCallContext context) =>
        new() { Pool = await Pool() };

    public override async Task WatchPool(
        WatchPoolRequest request, IServerStreamWriter<WatchPoolResponse> responseStream, ServerCallContext context)
    {
        using var stop = lifetime.Link(context.CancellationToken);
        using var changes = await feed.Subscribe();
        do
        {
            changes.Forget();
            await responseStream.WriteAsync(new WatchPoolResponse { Pool = await Pool() }, stop.Token);
            await Task.Delay(AtMostEvery, clock, stop.Token);
        }
        while (await changes.Wait(stop.Token));
    }

    public override async Task<DrainNodeResponse> DrainNode(DrainNodeRequest request, ServerCallContext context)
    {
        var within = request.Deadline is { } deadline ? WireTimes.Span(deadline) : (TimeSpan?)null;
        var done = await pool.Ask<PoolReply.Serviced>(
            new PoolInput.Drain(request.Target, request.Reason, within, request.User)
            {
                By = request.DeadlineTime, UtcOffsetMinutes = request.UtcOffsetMinutes,
                ClockChanges = ClockMapper.FromWire(request.ClockChanges),
            });
        var node = await Node(done);
        return new DrainNodeResponse { Node = node, Devices = { Cards(node, done) } };
    }

    public override async Task<ResumeNodeResponse> ResumeNode(ResumeNodeRequest request, ServerCallContext context)
    {
        var done = await pool.Ask<PoolReply.Serviced>(new PoolInput.Resume(request.Target, request.User));
        var node = await Node(done);
        return new ResumeNodeResponse { Node = node, Devices = { Cards(node, done) } };
    }

    public override async Task<ReloadPoolResponse> ReloadPool(ReloadPoolRequest request, ServerCallContext context)
    {
        var (file, reply) = await reloader.Reload(request.User.Length == 0 ? "an administrator" : request.User);
        return new ReloadPoolResponse { File = file, Changed = { reply.Changed }, Warnings = { reply.Warnings } };
    }

    public override async Task<GetSharesResponse> GetShares(GetSharesRequest request, ServerCallContext context) =>
        new() { Accounts = { (await pool.Pool.GetShares()).Accounts.Select(OrderViewMapper.ToWire) } };

    private async Task<Pool> Pool() => NodeMapper.ToWire(await pool.Pool.GetPool(), version.Text);

    private async Task<Node?> Node(PoolReply.Serviced done)
    {
        var view = (await pool.Pool.GetPool()).Nodes.FirstOrDefault(node => node.Name == done.Node.Name);
        return view is null ? null : NodeMapper.ToWire(view);
    }

    private static IEnumerable<Device> Cards(Node? node, PoolReply.Serviced done) =>
        node?.Devices.Where(card => done.Uuid is { } uuid && (card.Uuid == uuid || card.ParentUuid == uuid)) ?? [];
}
