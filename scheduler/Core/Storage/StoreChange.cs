using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Storage;

/// <summary>One durable change. The objects are live: a store writes them out before the call returns.</summary>
public abstract record StoreChange
{
    private StoreChange()
    {
    }

    /// <summary>A new submission: its specification, and every job it makes (one, or an array's elements).</summary>
    /// <param name="Number">The number they share.</param>
    /// <param name="Spec">What they ask for.</param>
    /// <param name="IdempotencyKey">Empty: none.</param>
    /// <param name="Jobs">At least one.</param>
    public sealed record JobsAdded(long Number, JobSpec Spec, string IdempotencyKey, IReadOnlyList<Job> Jobs) : StoreChange
    {
        /// <summary>The script that <see cref="JobDraft.KeptScript"/> stands for; null: it stands for none.</summary>
        public string? Script { get; init; }
    }

    /// <summary>What a submission asks for was narrowed: its jobs are as they were.</summary>
    public sealed record SpecSaved(long Number, JobSpec Spec) : StoreChange;

    /// <summary>A job's state changed, and with it perhaps its newest attempt, whose row is written too.</summary>
    public sealed record JobSaved(Job Job) : StoreChange;

    /// <summary>An attempt that is no longer its job's newest changed (it was fenced and has now ended).</summary>
    public sealed record AttemptSaved(Attempt Attempt) : StoreChange;

    /// <summary>What an account's ended attempts used, decayed to a moment.</summary>
    /// <param name="Account">Whose.</param>
    /// <param name="Use">Cost × seconds.</param>
    /// <param name="Time">The moment.</param>
    public sealed record UseSaved(AccountId Account, double Use, DateTimeOffset Time) : StoreChange;

    /// <summary>What earlier runs of a family showed changed.</summary>
    public sealed record FamilySaved(FamilyFacts Facts) : StoreChange;

    /// <summary>A family was not heard of for so long that it is remembered no longer.</summary>
    public sealed record FamilyForgotten(JobFamily Family) : StoreChange;

    /// <summary>A node was added or changed.</summary>
    public sealed record NodeSaved(Node Node) : StoreChange;

    /// <summary>The store was found to have lost acknowledged commits: what it does from now on is told apart from what was lost.
    /// Neither value ever falls; smaller ones change nothing.</summary>
    /// <param name="Generation">The new one.</param>
    /// <param name="NextJobNumber">Above every number that the lost commits may have used.</param>
    public sealed record GenerationRaised(long Generation, long NextJobNumber) : StoreChange;
}
