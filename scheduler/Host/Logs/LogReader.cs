using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Views;
using GpuScheduler.Host.Grpc;
using GpuScheduler.Host.Pools;
using GpuScheduler.Host.Watching;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using EndCause = GpuScheduler.Core.Model.EndCause;

namespace GpuScheduler.Host.Logs;

/// <summary>Serves StreamLogs: one attempt's output or, followed without naming an attempt, one attempt's after the other until the
/// job has ended.</summary>
public sealed class LogReader(JobFinder finder, PoolFeed feed, AttemptLog log)
{
    public async Task Run(StreamLogsRequest request, IServerStreamWriter<StreamLogsResponse> writer, CancellationToken cancellationToken)
    {
        using var changes = await feed.Subscribe();
        var id = JobIds.Parse("id", request.Id);
        Check(request);

        var shown = 0;
        while (true)
        {
            changes.Forget();
            var job = await Job(id, cancellationToken);
            if (Choose(job, request, shown) is { } attempt)
            {
                CheckRank(attempt, request);
                if (NotStarted(attempt)) await Tell(job, attempt, request, writer, cancellationToken);
                else await log.Copy(id, attempt, request, shown > 0 ? 0 : request.TailLines, writer, cancellationToken);
                shown = attempt.Number;
                if (!request.Follow || request.Attempt > 0) return;
            }
            else if (job.View.State.IsEnded() && (shown > 0 || request.Follow))
            {
                if (shown == 0) await Remark(writer, NeverStarted(job), cancellationToken);
                return;
            }
            else
            {
                if (!request.Follow) throw BadRequest.NotNow($"job {id} has no output: {NeverStarted(job)}");
                await changes.Wait(cancellationToken);
            }
        }
    }

    private static void Check(StreamLogsRequest request)
    {
        if (request.Attempt < 0) throw BadRequest.Of("attempt", $"{request.Attempt}", "1 or more, or 0 for the newest");
        if (request.TailLines < 0) throw BadRequest.Of("tail_lines", $"{request.TailLines}", "1 or more, or 0 for all");
        if (request.Offset < 0 || (request.Offset > 0 && (request.Attempt == 0 || request.TailLines > 0)))
            throw BadRequest.Of("offset", $"{request.Offset}", "0 or more, with attempt and without tail_lines");
    }

    private static void CheckRank(AttemptView attempt, StreamLogsRequest request)
    {
        var ranks = attempt.Allocation.Nodes.Count;
        if (request.Rank >= 0 && request.Rank < ranks) return;
        throw BadRequest.Of(
            "rank", $"{request.Rank}", ranks == 1 ? "0: the job has one node" : $"0 … {ranks - 1}: the job has {ranks} nodes");
    }

    private async Task<FoundJob> Job(JobId id, CancellationToken cancellationToken)
    {
        var jobs = await finder.Find(id, int.MaxValue, cancellationToken);
        return jobs.Count switch
        {
            0 => throw JobIds.NotFound(id),
            1 => jobs[0],
            _ => throw BadRequest.Of("id", $"{id}", $"one element, such as {jobs[0].View.Id}: this is an array"),
        };
    }

    /// <summary>The attempt asked for, or the newest that was not shown yet; null while there is none.</summary>
    private static AttemptView? Choose(FoundJob job, StreamLogsRequest request, int shown)
    {
        if (request.Attempt == 0) return job.Attempts.LastOrDefault(attempt => attempt.Number > shown && HasOutput(attempt));
        if (request.Attempt > Math.Max(1, job.View.Attempt?.Number ?? 0) && !request.Follow)
            throw BadRequest.Of("attempt", $"{request.Attempt}", $"1 … {job.View.Attempt?.Number ?? 0}");
        return job.Attempts.FirstOrDefault(attempt => attempt.Number == request.Attempt && HasOutput(attempt));
    }

    private static bool NotStarted(AttemptView attempt) => attempt is
    {
        StartTime: null, EndTime: not null, Cause: EndCause.LaunchFailed or EndCause.NotHere or EndCause.Unstartable
    };

    /// <summary>Who follows a job goes on to its next attempt, and hears why this one has nothing to show.</summary>
    private static Task Tell(
        FoundJob job, AttemptView attempt, StreamLogsRequest request, IServerStreamWriter<StreamLogsResponse> writer,
        CancellationToken cancellationToken) => request.Follow
        ? Remark(writer, $"attempt {attempt.Number} {WroteNothing(job, attempt)}", cancellationToken)
        : throw BadRequest.NotNow($"attempt {attempt.Number} of job {job.View.Id} {WroteNothing(job, attempt)}");

    private static Task Remark(IServerStreamWriter<StreamLogsResponse> writer, string text, CancellationToken cancellationToken) =>
        writer.WriteAsync(new StreamLogsResponse { Remark = text }, cancellationToken);

    private static string NeverStarted(FoundJob job) =>
        $"it has not started ({job.View.State}{(job.View.ReasonText.Length > 0 ? $", {job.View.ReasonText}" : "")})";

    private static string WroteNothing(FoundJob job, AttemptView attempt)
    {
        var why = attempt.Message.Length > 0 ? $": {attempt.Message}" : "";
        var earlier = job.Attempts.LastOrDefault(one => one.StartTime is not null) is { } started
            ? $" (attempt {started.Number} has written: --attempt {started.Number})"
            : "";
        return $"wrote nothing, as nothing was started on {attempt.Allocation.NodeNames()}{why}{earlier}";
    }

    private static bool HasOutput(AttemptView attempt) => attempt.StartTime is not null || attempt.EndTime is not null;
}
