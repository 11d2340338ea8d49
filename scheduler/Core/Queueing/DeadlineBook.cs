using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>Jobs that must start by some moment or needn't start at all.</summary>
internal sealed class DeadlineBook
{
    private readonly PriorityQueue<Job, long> _byLatestStart = new();

    /// <summary>When the next one's time is over; null: no job's ever is.</summary>
    public DateTimeOffset? Next => _byLatestStart.TryPeek(out _, out var ticks)
        ? new DateTimeOffset(Math.Min(ticks + 1, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero)
        : null;

    /// <summary>A job waits; nothing is noted for one without a deadline.</summary>
    public void Add(Job job)
    {
        if (Ranking.LatestStart(job.Spec) is { } latest) _byLatestStart.Enqueue(job, latest.UtcTicks);
    }

    /// <summary>The next job that waits and can't end in time any more; null: all can. One that runs is left alone.</summary>
    public Job? TakeMissed(DateTimeOffset now)
    {
        while (_byLatestStart.TryPeek(out var job, out var latest) && latest < now.UtcTicks)
        {
            _byLatestStart.Dequeue();
            if (job.State is JobState.Pending or JobState.RequeueHold) return job;
        }

        return null;
    }
}
