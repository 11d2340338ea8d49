using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Google.Protobuf;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>Answers as told, and remembers what was asked.</summary>
internal sealed class FakeJobs : JobsService.JobsServiceBase
{
    private Channel<WatchJobsResponse> _changes = Channel.CreateUnbounded<WatchJobsResponse>();

    /// <summary>What GetJob, ListJobs and the start of a watch return.</summary>
    public List<Job> Jobs { get; } = [];

    public List<SubmitJobRequest> Submitted { get; } = [];

    /// <summary>The trace that each submission was said to belong to; null: none.</summary>
    public List<string?> Traces { get; } = [];

    /// <summary>Every request that changes something, in order.</summary>
    public List<IMessage> Requests { get; } = [];

    public List<StreamLogsRequest> LogRequests { get; } = [];

    /// <summary>Sent before each log; empty: nothing.</summary>
    public string LogRemark { get; set; } = "";

    /// <summary>Thrown by the next calls, one each, before anything else happens.</summary>
    public ConcurrentQueue<RpcException> Failures { get; } = new();

    public Func<SubmitJobRequest, int, SubmitJobResponse> Answer { get; set; } =
        (request, number) =>
            new() { Id = $"{number}", Tier = request.Spec.Tier.Length > 0 ? request.Spec.Tier : "validation", ElementCount = 1 };

    public ExplainJobResponse Explanation { get; set; } = new();

    public List<JobOutcome> Outcomes { get; } = [];

    /// <summary>Outcomes that are too many to be told.</summary>
    public (int Changed, int Unchanged) LeftOut { get; set; }

    public Dictionary<int, string> LogByAttempt { get; } = [];

    /// <summary>What a log stream's end does to the world, such as a job that moves on to its next attempt.</summary>
    public Action<int> LogEnded { get; set; } = _ => { };

    /// <summary>As the scheduler does for watches that name no job.</summary>
    public bool HideEndedFromWatches { get; set; }

    public bool Truncated { get; set; }

    /// <summary>Entries of a list in one answer.</summary>
    public int PageSize { get; set; } = int.MaxValue;

    /// <summary>After the last page of jobs comes the first again.</summary>
    public bool IsEndless { get; set; }

    /// <summary>Called before each answer to ListJobs.</summary>
    public Action Asked { get; set; } = () => { };

    /// <summary>What GetJob says of an array; its answer then holds the first elements alone.</summary>
    public ArraySummary? Array { get; set; }

    public void Change(params Job[] jobs) => _changes.Writer.TryWrite(new WatchJobsResponse { Jobs = { jobs } });

    public void EndWatch() => _changes.Writer.TryComplete();

    /// <summary>The scheduler stops under those who watch; later watches begin anew.</summary>
    public void BreakWatch() =>
        Interlocked.Exchange(ref _changes, Channel.CreateUnbounded<WatchJobsResponse>()).Writer.TryComplete(Stopping);

    /// <summary>Bytes after which the next log stream breaks; null: it doesn't.</summary>
    public int? BreakLogAfter { get; set; }

    /// <summary>A job that says nothing more for now, and whose log is followed.</summary>
    public bool LogStaysOpen { get; set; }

    /// <summary>Called once a log or a watch has sent what there is.</summary>
    public Action Streaming { get; set; } = () => { };

    private static RpcException Stopping => new(new Status(StatusCode.Unavailable, "the scheduler is stopping; connect again"));

    public override Task<SubmitJobResponse> SubmitJob(SubmitJobRequest request, ServerCallContext context)
    {
        Submitted.Add(request);
        Traces.Add(context.RequestHeaders.GetValue("traceparent"));
        ThrowNext();
        return Task.FromResult(Answer(request, Submitted.Count));
    }

    public override Task<SubmitJobsResponse> SubmitJobs(SubmitJobsRequest request, ServerCallContext context)
    {
        ThrowNext();
        Submitted.AddRange(request.Jobs);
        return Task.FromResult(new SubmitJobsResponse { Jobs = { request.Jobs.Select((job, index) => Answer(job, index + 1)) } });
    }

    public override Task<GetJobResponse> GetJob(GetJobRequest request, ServerCallContext context)
    {
        ThrowNext();
        var found = Jobs.Where(job => job.Id == request.Id || job.Id.StartsWith(request.Id + "_", StringComparison.Ordinal)).ToList();
        return found.Count > 0
            ? Task.FromResult(new GetJobResponse { Jobs = { found.Take(Array is null ? found.Count : request.Elements) }, Array = Array })
            : throw new RpcException(new Status(StatusCode.NotFound, $"id: {request.Id}: no such job"));
    }

    public override Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        ThrowNext();
        Asked();
        var page = FakePage.Of(Jobs, request.PageToken, PageSize);
        var next = page.Next.Length == 0 && IsEndless ? "0" : page.Next;
        var answer = new ListJobsResponse { Jobs = { page.Entries }, Truncated = Truncated || next.Length > 0, NextPageToken = next };
        return Task.FromResult(answer);
    }

    public override async Task WatchJobs(
        WatchJobsRequest request, IServerStreamWriter<WatchJobsResponse> responseStream, ServerCallContext context)
    {
        ThrowNext();
        var watched = Jobs.Where(
            job => request.Ids.Count == 0 ? !(HideEndedFromWatches && job.EndTime is not null) : request.Ids.Contains(job.Id));
        await responseStream.WriteAsync(new WatchJobsResponse { Jobs = { watched }, SnapshotComplete = true });
        Streaming();
        await foreach (var change in _changes.Reader.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(change);
    }

    public override Task<CancelJobsResponse> CancelJobs(CancelJobsRequest request, ServerCallContext context) =>
        Changed(request, outcomes => new CancelJobsResponse
        {
            Outcomes = { outcomes }, ChangedLeftOut = LeftOut.Changed, UnchangedLeftOut = LeftOut.Unchanged,
        });

    public override Task<HoldJobsResponse> HoldJobs(HoldJobsRequest request, ServerCallContext context) =>
        Changed(request, outcomes => new HoldJobsResponse
        {
            Outcomes = { outcomes }, ChangedLeftOut = LeftOut.Changed, UnchangedLeftOut = LeftOut.Unchanged,
        });

    public override Task<ReleaseJobsResponse> ReleaseJobs(ReleaseJobsRequest request, ServerCallContext context) =>
        Changed(request, outcomes => new ReleaseJobsResponse
        {
            Outcomes = { outcomes }, ChangedLeftOut = LeftOut.Changed, UnchangedLeftOut = LeftOut.Unchanged,
        });

    public override Task<RequeueJobsResponse> RequeueJobs(RequeueJobsRequest request, ServerCallContext context) =>
        Changed(request, outcomes => new RequeueJobsResponse
        {
            Outcomes = { outcomes }, ChangedLeftOut = LeftOut.Changed, UnchangedLeftOut = LeftOut.Unchanged,
        });

    public override Task<ExplainJobResponse> ExplainJob(ExplainJobRequest request, ServerCallContext context)
    {
        ThrowNext();
        return Task.FromResult(Explanation);
    }

    public List<JobPriority> Priorities { get; } = [];

    public override Task<GetPrioritiesResponse> GetPriorities(GetPrioritiesRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        var page = FakePage.Of(Priorities, request.PageToken, PageSize);
        return Task.FromResult(new GetPrioritiesResponse
        {
            Jobs = { page.Entries }, Truncated = Truncated || page.Next.Length > 0, NextPageToken = page.Next,
        });
    }

    public override async Task StreamLogs(
        StreamLogsRequest request, IServerStreamWriter<StreamLogsResponse> responseStream, ServerCallContext context)
    {
        LogRequests.Add(request);
        ThrowNext();
        var attempt = request.Attempt > 0 ? request.Attempt : LogByAttempt.Keys.Max();
        var text = Encoding.UTF8.GetBytes(LogByAttempt[attempt]);
        if (LogRemark.Length > 0)
            await responseStream.WriteAsync(new StreamLogsResponse { Attempt = attempt, Remark = LogRemark });
        for (var offset = (int)request.Offset; offset < text.Length; offset += 7)
        {
            var data = ByteString.CopyFrom(text[offset..Math.Min(offset + 7, text.Length)]);
            await responseStream.WriteAsync(new StreamLogsResponse { Attempt = attempt, Data = data, Offset = offset });
            if (BreakLogAfter is not { } most || offset + data.Length < most) continue;
            BreakLogAfter = null;
            throw Stopping;
        }

        Streaming();
        if (LogStaysOpen) await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        LogEnded(attempt);
    }

    private Task<T> Changed<T>(IMessage request, Func<List<JobOutcome>, T> reply)
    {
        Requests.Add(request);
        ThrowNext();
        return Task.FromResult(reply(Outcomes));
    }

    private void ThrowNext()
    {
        if (Failures.TryDequeue(out var failure))
            throw failure;
    }
}
