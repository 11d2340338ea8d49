using System.Text.Json.Nodes;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Host.PoolFile;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Storage.Sqlite;

namespace GpuScheduler.Simulation.History;

/// <summary>A pool's own past and present, ready to be replayed.</summary>
/// <param name="Nodes">Its machines, less what is cordoned.</param>
/// <param name="Jobs">In order of submission.</param>
/// <param name="Start">The date at 0 s.</param>
/// <param name="Counts">What was found.</param>
internal sealed record RecordedPool(
    IReadOnlyList<SimulatedNode> Nodes, IReadOnlyList<SimulatedJob> Jobs, DateTimeOffset Start, RecordedCounts Counts)
{
    /// <summary>Left out, as they wait for a person.</summary>
    public IReadOnlyList<HeldJob> Held { get; init; } = [];

    /// <summary>The rules as the store keeps them; null: it doesn't.</summary>
    public StoredRules? Kept { get; init; }

    /// <summary>The rules, and where they are from; where the store keeps none they are the shipped ones.</summary>
    /// <exception cref="InputException">They can't be read: a scheduler of another version kept them.</exception>
    public (PoolConfig Config, string File) ReadRules()
    {
        if (Kept is not { File.Length: > 0 } kept)
            return (new(), "");

        var (config, faults) = PoolFileReader.Read(kept.File, kept.Text);
        return faults.Count == 0
            ? (config, $"{kept.File}, as the store keeps it")
            : throw new InputException(
                $"the rules that the store keeps can't be used; name others with --pool\n{string.Join('\n', faults)}");
    }

    /// <param name="file">For messages.</param>
    public static RecordedPool Of(StoredHistory history, ReplayWish wish, string file)
    {
        var past = history.Jobs.Where(job => IsWanted(job.Job, wish)).ToList();
        var (kept, held) = (past.Where(job => !IsHeld(job.Job) && Ran(job)).ToList(), past.Count(job => IsHeld(job.Job)));
        var start = wish.Period == Period.Now || kept.Count == 0 ? wish.Now : kept.Select(job => job.Job.SubmitTime).Append(wish.Now).Min();
        if (wish.Period == Period.Night && start < wish.From)
            start = wish.From;

        var replayed = new RecordedJobs(history, wish, start, file).Order(kept);
        var counts = new RecordedCounts(
            kept.Count(job => job.Job.State.IsEnded()),
            kept.Count(job => job.Job.State.HoldsAllocation()),
            kept.Count(job => !job.Job.State.IsEnded() && !job.Job.State.HoldsAllocation()),
            held,
            past.Count - kept.Count - held,
            kept.Count(job => !job.Job.State.IsEnded()));
        return new([.. history.Nodes.Where(node => node.Cordon is null).Select(Machine)], replayed, start, counts)
        {
            Kept = history.Rules, Held = [.. past.Where(job => IsHeld(job.Job)).Select(job => Left(job.Job))],
        };
    }

    /// <summary>The newest moment that a store tells of: a present that doesn't depend on when one looks.</summary>
    public static DateTimeOffset LastEvent(StoredHistory history) => history.Jobs
        .SelectMany(
            job =>
                job.Attempts.SelectMany(attempt => (DateTimeOffset?[])[attempt.GrantTime, attempt.StartTime, attempt.EndTime])
                    .Append(job.Job.SubmitTime).Append(job.Job.EndTime))
        .OfType<DateTimeOffset>()
        .DefaultIfEmpty(PoolReplay.SomeMonday)
        .Max();

    private static bool IsWanted(Job job, ReplayWish wish) => wish.Period == Period.Now
        ? !job.State.IsEnded()
        : job.SubmitTime >= wish.From || !(job.EndTime < wish.From);

    /// <summary>Waits for a person, and it is not known how long.</summary>
    private static bool IsHeld(Job job) => job.State == JobState.RequeueHold
        || (job.State == JobState.Pending && job.Reason is Reason.JobHeldUser or Reason.JobHeldAdmin or Reason.JobRequeueHold);

    private static HeldJob Left(Job job) => new(
        job.Id.ToString(), job.Spec.Name, $"{job.Reason ?? Reason.JobRequeueHold}{(job.ReasonText.Length > 0 ? $": {job.ReasonText}" : "")}");

    /// <summary>What was cancelled before it ran used nothing.</summary>
    private static bool Ran(StoredJob job) => !job.Job.State.IsEnded() || RunTimes.WorkedSeconds(job) is not null;

    private static SimulatedNode Machine(Node node) => new(node.Id, new(
        node.CpuCores,
        node.MemoryMib,
        node.ReservedCores,
        [.. node.Devices.Where(card => !node.IsCordoned(card)).Select(Announced)])
    {
        Labels = node.Labels,
    });

    private static AnnouncedDevice Announced(Device card) =>
        new(card.Uuid, card.Model, card.MemoryMib, card.Class) { Place = card.Place, Facts = card.Facts, Mig = card.Mig };
}

/// <summary>What a store had for a replay.</summary>
/// <param name="Held">Left out: they wait for a person.</param>
/// <param name="NeverRan">Left out: they ended without having run.</param>
/// <param name="Guessed">It is not known yet how long they run.</param>
internal sealed record RecordedCounts(int Ended, int Running, int Waiting, int Held, int NeverRan, int Guessed)
{
    public JsonObject ToJson() => new()
    {
        ["ended"] = Ended,
        ["running"] = Running,
        ["waiting"] = Waiting,
        ["leftOutHeld"] = Held,
        ["leftOutNeverRan"] = NeverRan,
        ["guessedRunTimes"] = Guessed,
    };

    public string States => $"{Ended} ended, {Running} running, {Waiting} waiting";

    /// <summary>What one should know of them; may be empty.</summary>
    public string Remarks => string.Join("; ", ((string[])
    [
        Guessed > 0 ? $"{Guessed} run times guessed from their like or their limits" : "",
        Held > 0 ? $"{Held} held left out" : "",
        NeverRan > 0 ? $"{NeverRan} that never ran left out" : "",
    ]).Where(part => part.Length > 0));

    public override string ToString() => Remarks.Length == 0 ? States : $"{States}; {Remarks}";
}
