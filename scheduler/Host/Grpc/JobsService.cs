using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Host.Logs;
using GpuScheduler.Host.Pools;
using GpuScheduler.Host.Watching;
using GpuScheduler.Host.Workers;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using JobState = GpuScheduler.Core.Model.JobState;

namespace GpuScheduler.Host.Grpc;

/// <summary>What researchers do: wire to Core, one call to the pool, Core to wire.</summary>
public sealed class JobsService(PoolClient pool, JobFinder finder, WireJobs wire, JobWatch watch, LogReader logs, StreamLifetime lifetime)
    : Protos.V1.JobsService.JobsServiceBase
{
    private const int DefaultLimit = 10_000;
    private const int LargestLimit = 1_000_000;

    public override async Task<SubmitJobResponse> SubmitJob(SubmitJobRequest request, ServerCallContext context)
    {
        var reply = await pool.Ask<PoolReply.Submitted>(new PoolInput.Submit([Submission(request)]));
        return ReplyMapper.ToWire(reply.Jobs[0], pool.HistoryKeep);
    }

    public override async Task<SubmitJobsResponse> SubmitJobs(SubmitJobsRequest request, ServerCallContext context)
    {
        if (request.Jobs.Count == 0) throw BadRequest.Of("jobs", "", "at least one job");
        var reply = await pool.Ask<PoolReply.Submitted>(new PoolInput.Submit([.. request.Jobs.Select(Submission)]));
        return new SubmitJobsResponse { Jobs = { reply.Jobs.Select(job => ReplyMapper.ToWire(job, pool.HistoryKeep)) } };
    }

    public override async Task<GetJobResponse> GetJob(GetJobRequest request, ServerCallContext context)
    {
        var id = JobIds.Parse("id", request.Id);
        var jobs = await finder.Find([id], context.CancellationToken);
        if (jobs.Count == 0) throw JobIds.NotFound(id);
        return new GetJobResponse { Jobs = { await wire.Of(jobs) } };
    }

    public override async Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context)
    {
        var (jobs, truncated) = await finder.List(Query(request), request.IncludeEnded, context.CancellationToken);
        return new ListJobsResponse { Jobs = { await wire.Of(jobs) }, Truncated = truncated };
    }

    public override async Task WatchJobs(
        WatchJobsRequest request, IServerStreamWriter<WatchJobsResponse> responseStream, ServerCallContext context)
    {
        using var stop = lifetime.Link(context.CancellationToken);
        await watch.Run(JobIds.Parse("ids", request.Ids), responseStream, stop.Token);
    }

    public override async Task<CancelJobsResponse> CancelJobs(CancelJobsRequest request, ServerCallContext context) =>
        new()
        {
            Outcomes =
            {
                await Change(new PoolInput.Cancel(request.Ids, request.User, request.Reason) { Filter = Filter(request.Filter) }),
            },
        };

    public override async Task<HoldJobsResponse> HoldJobs(HoldJobsRequest request, ServerCallContext context) =>
        new() { Outcomes = { await Change(new PoolInput.Hold(request.Ids, request.User) { Filter = Filter(request.Filter) }) } };

    public override async Task<ReleaseJobsResponse> ReleaseJobs(ReleaseJobsRequest request, ServerCallContext context) =>
        new() { Outcomes = { await Change(new PoolInput.Release(request.Ids, request.User) { Filter = Filter(request.Filter) }) } };

    public override async Task<RequeueJobsResponse> RequeueJobs(RequeueJobsRequest request, ServerCallContext context) =>
        new() { Outcomes = { await Change(new PoolInput.Requeue(request.Ids, request.User) { Filter = Filter(request.Filter) }) } };

    public override async Task<ExplainJobResponse> ExplainJob(ExplainJobRequest request, ServerCallContext context)
    {
        var id = JobIds.Parse("id", request.Id);
        if (await pool.Pool.Explain(id) is { } explained) return wire.Of(explained);
        var jobs = await finder.History(id, context.CancellationToken);
        return jobs.Count switch
        {
            0 => throw JobIds.NotFound(id),
            1 => wire.OfEnded(jobs[0]),
            _ => throw BadRequest.Of("id", request.Id, $"one element, such as {jobs[0].Job.Id}: this is an array of {jobs.Count}"),
        };
    }

    public override async Task<GetPrioritiesResponse> GetPriorities(GetPrioritiesRequest request, ServerCallContext context)
    {
        var page = await pool.Pool.GetPriorities(new JobQuery
        {
            Ids = JobIds.Parse("ids", request.Ids),
            User = User(request.User, request.HasWhose ? request.Whose : null),
            Tier = request.Tier,
            Limit = Limit(request.Limit),
        });
        return new GetPrioritiesResponse { Jobs = { page.Jobs.Select(OrderViewMapper.ToWire) }, Truncated = page.Truncated };
    }

    public override async Task StreamLogs(
        StreamLogsRequest request, IServerStreamWriter<StreamLogsResponse> responseStream, ServerCallContext context)
    {
        using var stop = lifetime.Link(context.CancellationToken);
        await logs.Run(request, responseStream, stop.Token);
    }

    private static JobSubmission Submission(SubmitJobRequest request) =>
        new(SpecMapper.FromWire(request.Spec ?? throw BadRequest.Of("spec", "", "what to run")), request.IdempotencyKey)
        {
            ClockChanges = ClockMapper.FromWire(request.ClockChanges),
        };

    private static Core.Engine.JobFilter? Filter(Protos.V1.JobFilter? filter) => filter is null ? null : new()
    {
        User = filter.HasUser ? filter.User : null,
        Name = filter.HasName ? filter.Name : null,
        Tier = filter.HasTier ? filter.Tier : null,
        States = States(filter.States),
    };

    private static IReadOnlyList<JobState> States(IEnumerable<Protos.V1.JobState> states) =>
        [.. states.Select(state => EnumMapper.FromWire(state) ?? throw UnknownState(state)).Distinct()];

    /// <summary>Empty for everybody: only who says nothing means that.</summary>
    private static string User(string user, string? whose) => whose switch
    {
        null => user,
        "" => throw BadRequest.Of("user", "", "a user's name; left out it means everybody, empty it never does"),
        _ => whose,
    };

    private static RpcException UnknownState(Protos.V1.JobState state) =>
        BadRequest.Of("states", state.ToString(), "a state that jobs of this scheduler can have");

    private static JobQuery Query(ListJobsRequest request) => new()
    {
        Ids = JobIds.Parse("ids", request.Ids),
        User = User(request.User, request.HasWhose ? request.Whose : null),
        Tier = request.Tier,
        States = States(request.States),
        Limit = Limit(request.Limit),
    };

    private static int Limit(int given) => given switch
    {
        0 => DefaultLimit,
        >= 1 and <= LargestLimit => given,
        _ => throw BadRequest.Of("limit", $"{given}", $"1 … {LargestLimit}, or 0 for {DefaultLimit}"),
    };

    private async Task<IEnumerable<Protos.V1.JobOutcome>> Change(PoolInput input) =>
        ReplyMapper.ToWire(await pool.Ask<PoolReply.Outcomes>(input));
}
