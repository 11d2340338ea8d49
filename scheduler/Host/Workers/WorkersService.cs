using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Host.Grpc;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Host.Pools;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Workers;

/// <summary>A worker's session: hello, welcome, then both sides talk until one of them ends it.</summary>
public sealed class WorkersService(
    PoolClient pool, IGrainFactory grains, SessionIds sessions, StreamLifetime lifetime, EndedJobsFinder ended, IPoolStore store,
    StorePosition position, TimeProvider clock, ILogger<WorkersService> logger)
    : Protos.V1.WorkersService.WorkersServiceBase
{
    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(30);

    /// <summary>A stop of the scheduler waits for no session that nothing answers any more.</summary>
    private static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(1);

    public override async Task Connect(
        IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context)
    {
        using var stop = lifetime.Link(context.CancellationToken);
        var hello = await Hello(requestStream, stop.Token);
        var session = new WorkerSession(sessions.Next(), position, store.ReadTextAsync);
        var node = pool.Node(hello.Node);
        // The reference doesn't keep the session alive; this call does.
        var reference = grains.CreateObjectReference<IWorkerSession>(session);
        var (why, isStop) = ("the worker ended the session", true);
        try
        {
            var answer = await node.Open(WorkerMapper.Joined(hello, session.Id, context.Peer), reference);
            if (answer.OtherStore is { } other)
            {
                await responseStream.WriteAsync(KeptMapper.OtherStore(other, hello), stop.Token);
                why = "the worker changes to another store's folder";
                return;
            }

            var welcome = Welcome(answer, session.Id, position.Now);
            await responseStream.WriteAsync(welcome, stop.Token);
            await Talk(
                new SessionReader(node, session, hello.Node, welcome.Welcome.Lease, ended, logger), session, requestStream,
                responseStream, stop);
        }
        catch (Exception failure)
        {
            isStop = lifetime.IsStopping;
            why = failure is RpcException told ? told.Status.Detail
                : isStop ? "the scheduler stops"
                : "the connection broke";
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await node.Close(session.Id, why, isStop);
            await session.EndLogs($"node {hello.Node} has left");
            // The node says nothing more, and what it has said is taken first: Orleans calls a message to an object that has gone an error.
            await reference.Taken().WaitAsync(TakenWithin, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            grains.DeleteObjectReference<IWorkerSession>(reference);
        }
    }

    private async Task<WorkerHello> Hello(IAsyncStreamReader<ConnectRequest> requests, CancellationToken cancellationToken)
    {
        using var tooLate = new CancellationTokenSource(HelloWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLate.Token);
        if (!await requests.MoveNext(either.Token) || requests.Current.Hello is not { } hello)
            throw BadRequest.Of("message", "", "hello as the first message of a session");
        // Before anything is kept under that name.
        return NodeNames.IsName(hello.Node) ? hello : throw BadRequest.Of("node", hello.Node, NodeNames.AllowedName);
    }

    private ConnectResponse Welcome(SessionAnswer answer, string session, StorePosition.Position store)
    {
        if (answer.Rejected is { } rejected) throw BadRequest.Of(rejected.Faults);
        if (answer.Accepted is not { } accepted) throw new RpcException(new Status(StatusCode.Unavailable, answer.Refusal ?? "try again"));
        return new ConnectResponse
        {
            Welcome = new Welcome
            {
                HeartbeatInterval = Duration.FromTimeSpan(answer.Leases.Heartbeat),
                Lease = Duration.FromTimeSpan(answer.Leases.Lease),
                StopWhenLeaseExpires = answer.Leases.StopWhenLeaseExpires,
                SessionId = session,
                DurableSequence = accepted.DurableSequence,
                HistoryKeep = Duration.FromTimeSpan(pool.HistoryKeep),
                Store = KeptMapper.ToWire(store.Identity),
                Opening = store.Opening,
                TakesOldFolders = store.TakesOldFolders,
            },
            Commit = store.Commit,
        };
    }

    /// <summary>Reads, writes and reports side by side; the first that ends, ends all.</summary>
    private static async Task Talk(
        SessionReader reader, WorkerSession session, IAsyncStreamReader<ConnectRequest> requests,
        IServerStreamWriter<ConnectResponse> responses,
        CancellationTokenSource stop)
    {
        Task[] parts = [reader.Read(requests, stop.Token), reader.Reports.Run(stop.Token), session.WriteTo(responses, stop.Token)];
        var first = await Task.WhenAny([.. parts, session.Ended]);
        await stop.CancelAsync();
        await Task.WhenAll(parts).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (first == session.Ended) throw await session.Ended;
        await first;
    }
}
