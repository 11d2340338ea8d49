using GpuScheduler.Core.Engine;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Host.Pools;
using GpuScheduler.Host.Startup;
using GpuScheduler.Host.Watching;
using GpuScheduler.Host.Workers;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using AccountShare = GpuScheduler.Protos.V1.AccountShare;

namespace GpuScheduler.Host.Grpc;

/// <summary>What admins do.</summary>
public sealed class PoolsService(
    PoolClient pool, PoolReloader reloader, PoolFeed feed, TimeProvider clock, ProductVersion version, StreamLifetime lifetime)
    : Protos.V1.PoolsService.PoolsServiceBase
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(1);

    public override async Task<GetPoolResponse> GetPool(GetPoolRequest request, ServerCallContext context) =>
        NodePage(await Pool(), request.PageToken);

    public override async Task WatchPool(
        WatchPoolRequest request, IServerStreamWriter<WatchPoolResponse> responseStream, ServerCallContext context)
    {
        using var stop = lifetime.Link(context.CancellationToken);
        using var changes = await feed.Subscribe();
        do
        {
            changes.Forget();
            await Write(await Pool(), responseStream, stop.Token);
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
        AccountPage((await pool.Pool.GetShares()).Accounts.Select(OrderViewMapper.ToWire), request.PageToken);

    /// <summary>A pool with as many nodes, behind the one that the token names, as one message holds.</summary>
    private static GetPoolResponse NodePage(Pool pool, string after)
    {
        var rest = pool.Nodes.Where(node => after.Length == 0 || string.CompareOrdinal(node.Name, after) > 0).ToList();
        var page = AnswerSize.First(rest);
        pool.Nodes.Clear();
        pool.Nodes.Add(page);
        return new GetPoolResponse { Pool = pool, NextPageToken = page.Count < rest.Count ? page[^1].Name : "" };
    }

    private static async Task Write(Pool pool, IServerStreamWriter<WatchPoolResponse> writer, CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var page = NodePage(pool.Clone(), after);
            after = page.NextPageToken;
            await writer.WriteAsync(new WatchPoolResponse { Pool = page.Pool, More = after.Length > 0 }, cancellationToken);
            if (after.Length == 0) return;
        }
    }

    /// <summary>The token names the last account of the page before.</summary>
    private static GetSharesResponse AccountPage(IEnumerable<AccountShare> accounts, string after)
    {
        var rest = accounts.SkipWhile(account => after.Length > 0 && string.CompareOrdinal(NameOf(account), after) <= 0).ToList();
        var page = AnswerSize.First(rest);
        return new GetSharesResponse { Accounts = { page }, NextPageToken = page.Count < rest.Count ? NameOf(page[^1]) : "" };
    }

    private static string NameOf(AccountShare account) => $"{account.Project}\n{account.User}";

    private async Task<Pool> Pool() => NodeMapper.ToWire(await pool.Pool.GetPool(), version.Text);

    private async Task<Node?> Node(PoolReply.Serviced done)
    {
        var view = (await pool.Pool.GetPool()).Nodes.FirstOrDefault(node => node.Name == done.Node.Name);
        return view is null ? null : NodeMapper.ToWire(view);
    }

    private static IEnumerable<Device> Cards(Node? node, PoolReply.Serviced done) =>
        node?.Devices.Where(card => done.Uuid is { } uuid && (card.Uuid == uuid || card.ParentUuid == uuid)) ?? [];
}
