using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Host.Grpc;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Workers;

/// <summary>Tells a worker which of the jobs that it keeps files for have ended. From history, so that the pool isn't disturbed.</summary>
public sealed class EndedJobsFinder(IPoolStore store, TimeProvider clock)
{
    /// <summary>Jobs of one question; our worker asks for 500 at a time.</summary>
    private const int MostAsked = 10_000;

    /// <summary>An id that can't be one isn't known either, and no reason to end a session.</summary>
    public async Task<EndedJobs> Among(KeptJobs kept, CancellationToken cancellationToken)
    {
        if (kept.JobIds.Count > MostAsked)
            throw BadRequest.Of("kept_jobs.job_ids", $"{kept.JobIds.Count} ids", $"at most {MostAsked} in one message");
        List<JobId> ids = [.. kept.JobIds.Select(text => JobId.TryParse(text, out var id) ? id : (JobId?)null).OfType<JobId>()];
        if (ids.Count == 0) return new EndedJobs();
        var query = new JobQuery { Ids = ids, ExactIds = true, EndedOnly = true, Attempts = 0, Limit = MostAsked };
        var ended = await store.FindJobsAsync(query, cancellationToken);
        var now = clock.GetUtcNow();
        return new EndedJobs
        {
            Jobs =
            {
                from stored in ended
                where stored.Job.EndTime is not null
                select new Protos.V1.EndedJob
                {
                    JobId = $"{stored.Job.Id}",
                    EndedFor = Duration.FromTimeSpan(now - stored.Job.EndTime!.Value),
                    Completed = stored.Job.State == Core.Model.JobState.Completed,
                },
            },
        };
    }
}
