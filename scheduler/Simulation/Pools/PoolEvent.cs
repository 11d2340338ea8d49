using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Something that happens at a moment of the replay.</summary>
internal abstract record PoolEvent
{
    private PoolEvent()
    {
    }

    /// <param name="Job">What comes; of an array the first element.</param>
    /// <param name="Elements">All of the array; null: it is none.</param>
    public sealed record Arrived(SimulatedJob Job, IReadOnlyList<SimulatedJob>? Elements = null) : PoolEvent
    {
        public JobDraft Draft => Elements is null
            ? Job.Draft
            : Job.Draft with { Array = ArrayElement.Expression(Elements.Select(job => job.Element!)), SameCard = Job.Element!.SameCard };

        public bool AnyRuns => Elements?.Any(job => job.Runs) ?? Job.Runs;

        /// <summary>Who it is, once the pool gave it a number.</summary>
        public IEnumerable<(JobId Id, SimulatedJob Job)> Numbered(long number) => Elements is null
            ? [(new(number), Job)]
            : Elements.Select(job => (new JobId(number, job.Element!.Index), job));

        /// <summary>Arrays as one, all others each for itself.</summary>
        public static IEnumerable<Arrived> Of(IReadOnlyList<SimulatedJob> jobs)
        {
            var arrays = jobs.Where(job => job.Element is not null).ToLookup(job => (job.Element!.Array, job.Submit));
            return jobs
                .Where(job => job.Element is not { } element || ReferenceEquals(arrays[(element.Array, job.Submit)].First(), job))
                .Select(job => job.Element is { } element ? new Arrived(job, [.. arrays[(element.Array, job.Submit)]]) : new Arrived(job));
        }
    }

    public sealed record Started(SimulatedAttempt Attempt) : PoolEvent;

    public sealed record Saved(SimulatedAttempt Attempt) : PoolEvent;

    /// <summary>Its work is done, or its time limit reached.</summary>
    public sealed record Finished(SimulatedAttempt Attempt) : PoolEvent;

    /// <summary>It was told to.</summary>
    public sealed record Stopped(SimulatedAttempt Attempt, EndCause Cause) : PoolEvent;

    public sealed record Broke(SimulatedFault Fault) : PoolEvent;

    public sealed record Repaired(SimulatedFault Fault) : PoolEvent;

    /// <summary>The engine asked to be called.</summary>
    public sealed record Woke : PoolEvent;
}
