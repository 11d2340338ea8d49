using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine;

/// <summary>What a step decided. The shell persists <see cref="Changes"/> in one transaction, and only then sends
/// <see cref="Replies"/> and <see cref="Effects"/>.</summary>
/// <param name="Changes">To persist, in order; refer to live objects: write them before the next step.</param>
/// <param name="Effects">To send to workers, in order.</param>
/// <param name="Replies">One for each input, in the inputs' order; null where no caller waits for an answer.</param>
/// <param name="ChangedJobs">Jobs whose visible state changed, each once.</param>
/// <param name="ChangedNodes">Nodes whose visible state changed, each once.</param>
/// <param name="WakeAt">When the next step must run at the latest although nothing happens: a lease, a back-off, a spill delay or a
/// deadline ends.</param>
public sealed record StepResult(
    IReadOnlyList<StoreChange> Changes,
    IReadOnlyList<PoolEffect> Effects,
    IReadOnlyList<PoolReply?> Replies,
    IReadOnlyList<Job> ChangedJobs,
    IReadOnlyList<Node> ChangedNodes,
    DateTimeOffset? WakeAt);
