using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Storage;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Host.Logs;
using GpuScheduler.Host.Pools;
using GpuScheduler.Host.Watching;
using GpuScheduler.Host.Workers;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using JobId = GpuScheduler.Core.Model.JobId;
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
        var reply = await pool.Ask<PoolReply.Submitted>(new PoolInput.Submit([Submission(request, null)]));
        return ReplyMapper.ToWire(reply.Jobs[0], pool.HistoryKeep);
    }

    public override async Task<SubmitJobsResponse> SubmitJobs(SubmitJobsRequest request, ServerCallContext context)
    {
        if (request.Jobs.Count == 0) throw BadRequest.Of("jobs", "", "at least one job");
        var reply = await pool.Ask<PoolReply.Submitted>(new PoolInput.Submit([.. request.Jobs.Select((job, at) => Submission(job, at))]));
        return ReplyMapper.ToWire(reply.Jobs, pool.HistoryKeep);
    }

    public override async Task<GetJobResponse> GetJob(GetJobRequest request, ServerCallContext context)
    {
        var id = JobIds.Parse("id", request.Id);
        if (request.Elements < 0) throw BadRequest.Of("elements", $"{request.Elements}", "0 or more");
        var (array, most) = (id.IsElement ? null : await Summary(id), Math.Min(request.Elements, JobFinder.MostElements));
        if (array?.Elements > (most == 0 ? JobFinder.MostElements : most))
            return new GetJobResponse { Jobs = { await Elements(id, most, context.CancellationToken) }, Array = array };
        var jobs = await finder.Find(id, JobFit.Attempts, context.CancellationToken);
        if (jobs.Count == 0) throw JobIds.NotFound(id);
        return new GetJobResponse { Jobs = { AnswerSize.First(await wire.InFull(jobs)) }, Array = array };
    }

    /// <summary>The array as a whole; null: it is none.</summary>
    private async Task<ArraySummary?> Summary(JobId id)
    {
        var array = await pool.Pool.GetArray(id.Number);
        return array.States.Count == 0 ? null : ArrayMapper.ToWire(array);
    }

    /// <summary>Those that live first.</summary>
    private async Task<IEnumerable<Protos.V1.Job>> Elements(JobId array, int most, CancellationToken cancellationToken)
    {
        var query = new JobQuery { Ids = [array], Limit = most == 0 ? JobFinder.MostElements : most };
        return AnswerSize.First(await wire.Of((await finder.Page(query, includeEnded: true, null, cancellationToken)).Jobs));
    }

    public override async Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context) =>
        await new JobListing(finder, wire, request, Query(request)).Answer(context.CancellationToken);

    public override async Task WatchJobs(
        WatchJobsRequest request, IServerStreamWriter<WatchJobsResponse> responseStream, ServerCallContext context)
    {
        using var stop = lifetime.Link(context.CancellationToken);
        await watch.Run(JobIds.Parse("ids", request.Ids), responseStream, stop.Token);
    }

    public override async Task<CancelJobsResponse> CancelJobs(CancelJobsRequest request, ServerCallContext context) =>
        (await Change(new PoolInput.Cancel(request.Ids, CallerName.Of(request.User), request.Reason)
        {
            Filter = Filter(request.Filter),
        })).Cancelled();

    public override async Task<HoldJobsResponse> HoldJobs(HoldJobsRequest request, ServerCallContext context) =>
        (await Change(new PoolInput.Hold(request.Ids, CallerName.Of(request.User)) { Filter = Filter(request.Filter) })).Held();

    public override async Task<ReleaseJobsResponse> ReleaseJobs(ReleaseJobsRequest request, ServerCallContext context) =>
        (await Change(new PoolInput.Release(request.Ids, CallerName.Of(request.User)) { Filter = Filter(request.Filter) })).Released();

    public override async Task<RequeueJobsResponse> RequeueJobs(RequeueJobsRequest request, ServerCallContext context) =>
        (await Change(new PoolInput.Requeue(request.Ids, CallerName.Of(request.User)) { Filter = Filter(request.Filter) })).Requeued();

    public override async Task<ExplainJobResponse> ExplainJob(ExplainJobRequest request, ServerCallContext context)
    {
        var id = JobIds.Parse("id", request.Id);
        if (id.IsElement || await Summary(id) is not { } array) return await Explain(id, context.CancellationToken);
        // Of an array the first element that waits speaks for the others; where all have ended, the newest.
        var first = (await pool.Pool.GetArray(id.Number)).First ?? await NewestOf(id, context.CancellationToken);
        var answer = await Explain(first, context.CancellationToken);
        answer.Array = array;
        return answer;
    }

    private async Task<JobId> NewestOf(JobId array, CancellationToken cancellationToken)
    {
        var page = await finder.Page(new JobQuery { Ids = [array], Limit = 1 }, includeEnded: true, null, cancellationToken);
        return page.Jobs.Count > 0 ? page.Jobs[0].View.Id : throw JobIds.NotFound(array);
    }

    private async Task<ExplainJobResponse> Explain(JobId id, CancellationToken cancellationToken)
    {
        var answer = await pool.Pool.Explain(id);
        if (answer.ComeAgainIn is { } later) throw BadRequest.TooMany(later);
        if (answer.Explained is { } explained) return wire.Of(explained);
        return await finder.History(id, cancellationToken) is { } stored ? wire.OfEnded(stored) : throw JobIds.NotFound(id);
    }

    public override async Task<GetPrioritiesResponse> GetPriorities(GetPrioritiesRequest request, ServerCallContext context)
    {
        var query = new JobQuery
        {
            Ids = JobIds.Parse("ids", request.Ids),
            User = User(request.User, request.HasWhose ? request.Whose : null),
            Tier = request.Tier,
            Limit = Limit(request.Limit),
        };
        var (behind, given) = PriorityToken.Read(request, query.Limit);
        var page = await pool.Pool.GetPriorities(query with { Limit = query.Limit - given }, behind);
        var jobs = AnswerSize.First(page.Jobs.Select(OrderViewMapper.ToWire));
        var (truncated, told) = (page.Truncated || jobs.Count < page.Jobs.Length, given + jobs.Count);
        return new GetPrioritiesResponse
        {
            Jobs = { jobs },
            Truncated = truncated,
            NextPageToken = truncated && told < query.Limit ? PriorityToken.Write(request, page.Jobs[jobs.Count - 1], page.Time, told) : "",
        };
    }

    public override async Task StreamLogs(
        StreamLogsRequest request, IServerStreamWriter<StreamLogsResponse> responseStream, ServerCallContext context)
    {
        using var stop = lifetime.Link(context.CancellationToken);
        await logs.Run(request, responseStream, stop.Token);
    }

    /// <param name="request">One job.</param>
    /// <param name="at">Its place in the batch; null: there is none.</param>
    private static JobSubmission Submission(SubmitJobRequest request, int? at) =>
        new(
            SpecMapper.FromWire(request.Spec ?? throw BadRequest.Of(at is null ? "spec" : $"jobs[{at}].spec", "", "what to run")),
            request.IdempotencyKey)
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
        Name = request.Name,
        States = States(request.States),
        Limit = Limit(request.Limit),
    };

    private static int Limit(int given) => given switch
    {
        0 => DefaultLimit,
        >= 1 and <= LargestLimit => given,
        _ => throw BadRequest.Of("limit", $"{given}", $"1 … {LargestLimit}, or 0 for {DefaultLimit}"),
    };

    private async Task<OutcomeLines> Change(PoolInput input) =>
        OutcomeLines.Of(ReplyMapper.ToWire(await pool.Ask<PoolReply.Outcomes>(input)));
}
