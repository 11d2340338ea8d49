using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine;

/// <summary>The answer to a <see cref="PoolInput"/> that somebody waits for. Sent only after the step's changes are durable.</summary>
public abstract record PoolReply
{
    private PoolReply()
    {
    }

    /// <summary>All jobs were admitted, in the order given.</summary>
    public sealed record Submitted(IReadOnlyList<AdmittedJob> Jobs) : PoolReply;

    /// <summary>Nothing was changed; every fault at once.</summary>
    /// <param name="Faults">At least one.</param>
    /// <param name="NotFound">True when the fault is that the thing named doesn't exist.</param>
    public sealed record Rejected(IReadOnlyList<Fault> Faults, bool NotFound = false) : PoolReply;

    /// <summary>What was done to each job named.</summary>
    public sealed record Outcomes(IReadOnlyList<JobOutcome> Jobs) : PoolReply;

    /// <summary>The node may take part.</summary>
    /// <param name="DurableSequence">Reports of this node up to here are durable.</param>
    public sealed record NodeAccepted(long DurableSequence) : PoolReply;

    /// <summary>The worker serves another store's folder: it must change to this one's and come again. Nothing of the node
    /// changed.</summary>
    /// <param name="Store">This store.</param>
    /// <param name="TakesOldFolders">Folders that name no store are this one's.</param>
    public sealed record OtherStore(StoreIdentity Store, bool TakesOldFolders) : PoolReply;

    /// <summary>The new rules are in force.</summary>
    /// <param name="Changed">Sections of <c>pool.yaml</c> that differ from what was in force; empty: none does.</param>
    /// <param name="Warnings">What the new rules leave unserved; may be empty.</param>
    public sealed record Reloaded(IReadOnlyList<string> Changed, IReadOnlyList<string> Warnings) : PoolReply;

    /// <summary>A node or card was drained or put back into service.</summary>
    /// <param name="Node">The node.</param>
    /// <param name="Uuid">The card, or the one that is cut into parts; null: the whole node.</param>
    public sealed record Serviced(NodeId Node, string? Uuid) : PoolReply;

    /// <summary>Reading the input met a bug, before anything was changed: only its caller fails, and nothing is read anew.</summary>
    /// <param name="Failure">For the log; never sent to a caller.</param>
    public sealed record Broken(Exception Failure) : PoolReply;
}

/// <summary>A job that was admitted.</summary>
/// <param name="Number">Its number; an array's elements share it.</param>
/// <param name="Elements">1 outside arrays.</param>
/// <param name="Tier">Where it queues.</param>
/// <param name="TierDerivedFrom">What it was derived from; null when the user named the tier.</param>
/// <param name="Warnings">Such as "no node in the pool has 8 GPUs"; the job waits all the same.</param>
public sealed record AdmittedJob(long Number, int Elements, string Tier, string? TierDerivedFrom, IReadOnlyList<string> Warnings)
{
    /// <summary>When it must have ended; null: whenever.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>When and how it may be stopped for others, in words; empty: never.</summary>
    public string MayBeStopped { get; init; } = "";
}

/// <summary>What was done to one job.</summary>
/// <param name="Id">As the caller wrote it, or the job's own.</param>
/// <param name="Changed">False: <paramref name="Message"/> says why not.</param>
/// <param name="Message">For people.</param>
/// <param name="Found">False when no such job exists.</param>
public sealed record JobOutcome(string Id, bool Changed, string Message, bool Found = true)
{
    private const int Longest = 200;

    /// <summary>Cut to 200 characters, whatever the caller wrote.</summary>
    public string Id { get; } = ShownText.Of(Id, Longest);
}
