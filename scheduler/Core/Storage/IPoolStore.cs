using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Storage;

/// <summary>
/// Where a pool's state is durable. One writer: the activation that opened it last holds the highest epoch, and a commit with an older
/// one fails with <see cref="StaleEpochException"/>, so that two activations of a pool can never both win.
/// </summary>
public interface IPoolStore
{
    /// <summary>Takes the next epoch and reads everything that is not history.</summary>
    Task<StoredPool> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Writes all changes in one transaction, durable on return. Returns its number: one more than the last one's.</summary>
    /// <exception cref="StaleEpochException">A newer activation has opened the store.</exception>
    /// <exception cref="StoreFullException">No room: nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">It can't be written now: nothing was written.</exception>
    Task<long> CommitAsync(long epoch, IReadOnlyList<StoreChange> changes, CancellationToken cancellationToken);

    /// <summary>Tries whether a commit could work again, by writing.</summary>
    Task<bool> IsWritableAsync(CancellationToken cancellationToken);

    /// <summary>A text that came with <see cref="StoreChange.JobsAdded"/>, by its hash; null: no job refers to it. Runs beside
    /// commits.</summary>
    Task<string?> ReadTextAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Jobs from history, newest first. Runs beside commits.</summary>
    Task<IReadOnlyList<StoredJob>> FindJobsAsync(JobQuery query, CancellationToken cancellationToken);
}

/// <summary>What a store remembers of a pool when it is opened.</summary>
/// <param name="Epoch">This activation's.</param>
/// <param name="NextJobNumber">Never used before.</param>
/// <param name="Jobs">Jobs that have not ended, with their newest attempt, in submission order.</param>
/// <param name="Ended">How every ended job ended, for dependencies.</param>
/// <param name="Nodes">All nodes ever seen and not removed.</param>
/// <param name="Keys">Idempotency keys of recent submissions (the last 100,000) and what they were answered.</param>
public sealed record StoredPool(
    long Epoch,
    long NextJobNumber,
    IReadOnlyList<Job> Jobs,
    IReadOnlyList<EndedJob> Ended,
    IReadOnlyList<Node> Nodes,
    IReadOnlyList<StoredKey> Keys)
{
    /// <summary>Which store it is.</summary>
    public StoreIdentity Identity { get; init; } = StoreIdentity.None;

    /// <summary>The last commit's number; 0: none was ever made. An opening is none.</summary>
    public long Commit { get; init; }

    /// <summary>The store worked before stores had identities: folders of workers that name none are its own.</summary>
    public bool HasLegacyWorkers { get; init; }

    /// <summary>Every time it was opened, this time last; empty where that is not kept.</summary>
    public IReadOnlyList<OpeningMark> Openings { get; init; } = [];

    /// <summary>What accounts used, as it was saved last.</summary>
    public IReadOnlyList<StoredUse> Uses { get; init; } = [];

    /// <summary>What earlier runs showed, the longest unheard of first.</summary>
    public IReadOnlyList<FamilyFacts> Families { get; init; } = [];
}

/// <summary>What an account's ended attempts used.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Use">Cost × seconds, decayed to <paramref name="Time"/>.</param>
/// <param name="Time">When it stood so.</param>
public readonly record struct StoredUse(AccountId Account, double Use, DateTimeOffset Time);

/// <summary>How a job ended.</summary>
public readonly record struct EndedJob(JobId Id, JobState State);

/// <summary>An idempotency key and the submission it belongs to.</summary>
public sealed record StoredKey(string Key, long Number, int Elements, string Tier, string? TierDerivedFrom);

/// <summary>A job from history with all its attempts, oldest first.</summary>
public sealed record StoredJob(Job Job, IReadOnlyList<Attempt> Attempts);

/// <summary>Which jobs to find.</summary>
public sealed record JobQuery
{
    /// <summary>These; a number names all elements of its array, unless <see cref="ExactIds"/>. Empty: all.</summary>
    public IReadOnlyList<JobId> Ids { get; init; } = [];

    /// <summary>A number in <see cref="Ids"/> names no array's elements.</summary>
    public bool ExactIds { get; init; }

    /// <summary>Empty: every user's.</summary>
    public string User { get; init; } = "";

    /// <summary>Empty: every state.</summary>
    public IReadOnlyList<JobState> States { get; init; } = [];

    /// <summary>Empty: every tier.</summary>
    public string Tier { get; init; } = "";

    /// <summary>Empty: whatever they are called.</summary>
    public string Name { get; init; } = "";

    /// <summary>Only jobs that have ended.</summary>
    public bool EndedOnly { get; init; }

    /// <summary>Only jobs that had ended when this commit was made, and those that came back from their end since. Exact for jobs that
    /// ended, or came back, at most once since; null: whenever.</summary>
    public long? EndedAt { get; init; }

    /// <summary>Only jobs that ended, or came back from their end, in a later commit; null: whenever.</summary>
    public long? TurnedAfter { get; init; }

    /// <summary>Only jobs that come behind this one in submission order: pages of those that live; null: from the first on.</summary>
    public JobId? After { get; init; }

    /// <summary>Only jobs that come before this one in submission order: pages of history; null: from the newest on.</summary>
    public JobId? Before { get; init; }

    /// <summary>From a store: in submission order instead of newest first.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>From a store: so many of each job's attempts, the newest; 0 … as many as there are.</summary>
    public int Attempts { get; init; } = int.MaxValue;

    /// <summary>At most this many; 1 … 1,000,000.</summary>
    public int Limit { get; init; } = 10_000;
}

/// <summary>A newer activation owns the store.</summary>
public sealed class StaleEpochException(string message) : Exception(message);

/// <summary>The disk is full.</summary>
public sealed class StoreFullException(string message, Exception inner) : Exception(message, inner);

/// <summary>The store can't be written now.</summary>
public sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);
