using GpuScheduler.Core.Config;
using GpuScheduler.Core.FairShare;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>
/// Gives every pending job its seat: held, waiting for other jobs, backing off, behind its array's limit, or ready. Only the
/// ready ones are ever looked at by a cycle.
/// </summary>
internal sealed class WaitingRoom(PoolConfig config, JobTable jobs, AccountBook accounts, FamilyBook families)
{
    private readonly DependencyBook _dependencies = new();
    private readonly Dictionary<long, ArrayGate> _gates = [];

    public ReadyQueue Ready { get; private set; } = new(config, accounts, families);

    public BackoffShelf Backoff { get; } = new();

    public DeadlineBook Deadlines { get; } = new();

    /// <summary>Seats a pending or parked job by what it waits for. A dependency that can never be met counts as waiting here:
    /// the caller cancels such a job first.</summary>
    public void Seat(Job job, DateTimeOffset now)
    {
        Deadlines.Add(job);
        if (IsHeld(job)) HeldSeat.Instance.Add(job);
        else if (StatusOf(job).Status != DependencyStatus.Met) _dependencies.Add(job);
        else if (job.EligibleTime > now) Backoff.Add(job);
        else if (GateOf(job) is not { } gate || gate.TryPass(job)) Ready.Add(job, now);
    }

    /// <summary>
    /// Where a job's dependency stands. It was met for good once the job had an attempt, whatever became of the others since.
    /// </summary>
    public (DependencyStatus Status, string Text) StatusOf(Job job) =>
        job.AttemptNumber > 0 ? (DependencyStatus.Met, "") : Dependencies.Of(job.Spec.Dependency, jobs);

    /// <summary>Takes a job from its seat because it is granted devices; it stays counted against its array's limit.</summary>
    public static void Unseat(Job job) => (job.Seat as ISeat)?.Remove(job);

    /// <summary>The job neither waits nor runs any more, or has to wait for something else first: another element of its array
    /// may take its turn.</summary>
    public void Leave(Job job, DateTimeOffset now)
    {
        Unseat(job);
        if (GateOf(job)?.Leave(job) is { } next) Seat(next, now);
    }

    /// <summary>Lines up those who wait for room by other rules. All other seats don't depend on them.</summary>
    public void Adopt(PoolConfig rules, DateTimeOffset now)
    {
        Ready = new ReadyQueue(rules, accounts, families);
        foreach (var job in jobs.Live.Where(job => job.Seat is AccountLine).OrderBy(job => job.Id).ToList()) Ready.Add(job, now);
    }

    /// <summary>An element that holds devices when the pool is loaded counts against its array's limit.</summary>
    public void CountAsPassed(Job job) => GateOf(job)?.CountAsPassed(job);

    /// <summary>Jobs that wait for something to happen to <paramref name="number"/>, in order.</summary>
    public IReadOnlyList<Job> DependentsOf(long number) => _dependencies.WaitingFor(number);

    /// <summary>Held by a person, or parked by the system until a person releases it.</summary>
    public static bool IsHeld(Job job) =>
        job.State == JobState.RequeueHold || (job.State == JobState.Pending && job.Reason is Reason.JobHeldUser or Reason.JobHeldAdmin);

    private ArrayGate? GateOf(Job job)
    {
        if (job.Spec.Array?.MaxRunning is not { } limit) return null;
        if (!_gates.TryGetValue(job.Id.Number, out var gate)) _gates[job.Id.Number] = gate = new ArrayGate(limit);
        return gate;
    }
}
