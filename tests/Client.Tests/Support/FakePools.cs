using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>A pool of given machines.</summary>
internal sealed class FakePools : PoolsService.PoolsServiceBase
{
    public Pool Pool { get; } = new() { Name = "default" };

    public List<DrainNodeRequest> Drained { get; } = [];

    /// <summary>Answer to a reload; null: refused.</summary>
    public ReloadPoolResponse? Reloaded { get; set; }

    /// <summary>Entries of a list in one answer.</summary>
    public int PageSize { get; set; } = int.MaxValue;

    public override Task<GetPoolResponse> GetPool(GetPoolRequest request, ServerCallContext context)
    {
        var page = FakePage.Of(Pool.Nodes, request.PageToken, PageSize);
        var pool = new Pool { Name = Pool.Name, RefusingWork = Pool.RefusingWork, Nodes = { page.Entries } };
        return Task.FromResult(new GetPoolResponse { Pool = pool, NextPageToken = page.Next });
    }

    public override Task<DrainNodeResponse> DrainNode(DrainNodeRequest request, ServerCallContext context)
    {
        Drained.Add(request);
        return Task.FromResult(
            new DrainNodeResponse { Node = With(request.Target, NodeState.Draining), Devices = { Cards(request.Target) } });
    }

    public override Task<ResumeNodeResponse> ResumeNode(ResumeNodeRequest request, ServerCallContext context) =>
        Task.FromResult(new ResumeNodeResponse { Node = With(request.Target, NodeState.Idle) });

    public override Task<ReloadPoolResponse> ReloadPool(ReloadPoolRequest request, ServerCallContext context) =>
        Reloaded is { } answer
            ? Task.FromResult(answer)
            : throw new RpcException(new Status(StatusCode.InvalidArgument, "pool.yaml:3: name: '': a name"));

    public List<AccountShare> Shares { get; } = [];

    public override Task<GetSharesResponse> GetShares(GetSharesRequest request, ServerCallContext context)
    {
        var page = FakePage.Of(Shares, request.PageToken, PageSize);
        return Task.FromResult(new GetSharesResponse { Accounts = { page.Entries }, NextPageToken = page.Next });
    }

    /// <summary>The card named by its uuid, drained.</summary>
    private IEnumerable<Device> Cards(string target) => Pool.Nodes.SelectMany(node => node.Devices)
        .Where(card => target.EndsWith($"/{card.Uuid}", StringComparison.Ordinal))
        .Select(card => new Device(card) { State = DeviceState.Cordoned });

    private Node With(string target, NodeState state)
    {
        var node = Pool.Nodes.FirstOrDefault(node => node.Name == target.Split('/')[0])
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"target: {target}: no such node"));
        return new Node(node) { State = state };
    }
}
