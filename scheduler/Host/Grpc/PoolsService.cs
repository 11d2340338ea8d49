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
    /// <summary>Nodes in one message inside the silo.</summary>
    private const int NodesAtOnce = 1_000;

    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(1);

    public override async Task<GetPoolResponse> GetPool(GetPoolRequest request, ServerCallContext context)
    {
        var page = await Page(ListToken.Read(request, request.PageToken) ?? "");
        return new GetPoolResponse { Pool = page.Pool, NextPageToken = page.IsLast ? "" : ListToken.Write(request, page.Last) };
    }

    public override async Task WatchPool(
        WatchPoolRequest request, IServerStreamWriter<WatchPoolResponse> responseStream, ServerCallContext context)
    {
        using var stop = lifetime.Link(context.CancellationToken);
        using var changes = await feed.Subscribe();
        do
        {
            changes.Forget();
            await Write(responseStream, stop.Token);
            await Task.Delay(AtMostEvery, clock, stop.Token);
        }
        while (await changes.Wait(stop.Token));
    }

    public override async Task<DrainNodeResponse> DrainNode(DrainNodeRequest request, ServerCallContext context)
    {
        var within = request.Deadline is { } deadline ? WireTimes.Span(deadline) : (TimeSpan?)null;
        var done = await pool.Ask<PoolReply.Serviced>(
            new PoolInput.Drain(request.Target, request.Reason, within, CallerName.Of(request.User))
            {
                By = request.DeadlineTime, UtcOffsetMinutes = request.UtcOffsetMinutes,
                ClockChanges = ClockMapper.FromWire(request.ClockChanges),
            });
        var node = await Node(done);
        return new DrainNodeResponse { Node = node, Devices = { Cards(node, done) } };
    }

    public override async Task<ResumeNodeResponse> ResumeNode(ResumeNodeRequest request, ServerCallContext context)
    {
        var done = await pool.Ask<PoolReply.Serviced>(new PoolInput.Resume(request.Target, CallerName.Of(request.User)));
        var node = await Node(done);
        return new ResumeNodeResponse { Node = node, Devices = { Cards(node, done) } };
    }

    public override async Task<ReloadPoolResponse> ReloadPool(ReloadPoolRequest request, ServerCallContext context)
    {
        var (file, reply) = await reloader.Reload(request.User.Length == 0 ? "an administrator" : request.User);
        return new ReloadPoolResponse { File = file, Changed = { reply.Changed }, Warnings = { reply.Warnings } };
    }

    public override async Task<GetSharesResponse> GetShares(GetSharesRequest request, ServerCallContext context) =>
        AccountPage(request, (await pool.Pool.GetShares()).Accounts.Select(OrderViewMapper.ToWire));

    /// <summary>A pool with as many nodes, behind the one named, as one message holds.</summary>
    private async Task<NodePage> Page(string behind)
    {
        var view = await pool.Pool.GetNodes(behind, NodesAtOnce);
        var (wire, all) = (NodeMapper.ToWire(view, version.Text), view.Nodes.Length);
        var page = AnswerSize.First(wire.Nodes.Select(NodeFit.Fit));
        wire.Nodes.Clear();
        wire.Nodes.Add(page);
        return new NodePage(wire, page.Count == all && all < NodesAtOnce);
    }

    private async Task Write(IServerStreamWriter<WatchPoolResponse> writer, CancellationToken cancellationToken)
    {
        for (var behind = ""; ;)
        {
            var page = await Page(behind);
            await writer.WriteAsync(new WatchPoolResponse { Pool = page.Pool, More = !page.IsLast }, cancellationToken);
            if (page.IsLast) return;
            behind = page.Last;
        }
    }

    /// <summary>The token names the last account of the page before.</summary>
    private static GetSharesResponse AccountPage(GetSharesRequest request, IEnumerable<AccountShare> accounts)
    {
        var behind = ListToken.Read(request, request.PageToken);
        var rest = accounts.SkipWhile(account => behind is not null && string.CompareOrdinal(NameOf(account), behind) <= 0).ToList();
        var page = AnswerSize.First(rest);
        return new GetSharesResponse
        {
            Accounts = { page }, NextPageToken = page.Count < rest.Count ? ListToken.Write(request, NameOf(page[^1])) : "",
        };
    }

    private static string NameOf(AccountShare account) => $"{account.Project}\n{account.User}";

    /// <summary>Some nodes of a pool.</summary>
    private sealed record NodePage(Pool Pool, bool IsLast)
    {
        public string Last => Pool.Nodes[^1].Name;
    }

    private async Task<Node?> Node(PoolReply.Serviced done)
    {
        var view = (await pool.Pool.GetPool()).Nodes.FirstOrDefault(node => node.Name == done.Node.Name);
        return view is null ? null : NodeFit.Fit(NodeMapper.ToWire(view));
    }

    private static IEnumerable<Device> Cards(Node? node, PoolReply.Serviced done) =>
        node?.Devices.Where(card => done.Uuid is { } uuid && (card.Uuid == uuid || card.ParentUuid == uuid)) ?? [];
}
