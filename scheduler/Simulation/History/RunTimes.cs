using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Simulation.History;

/// <summary>How long jobs run: as they did, or as those most like them did.</summary>
internal sealed class RunTimes
{
    /// <summary>For a job like no other, without a time limit.</summary>
    private static readonly TimeSpan s_unknown = TimeSpan.FromHours(1);

    /// <summary>Of its time limit: one that is not stopped by it.</summary>
    private const double WithinLimit = 0.999;

    private readonly Dictionary<string, List<double>> seen = new(StringComparer.Ordinal);

    /// <param name="jobs">All that is known; those that ended teach.</param>
    /// <param name="speeds">Work is told in seconds on a card of speed 1.</param>
    public RunTimes(IEnumerable<StoredJob> jobs, CatalogSpeeds speeds)
    {
        foreach (var job in jobs.Where(job => job.Job.State == JobState.Completed))
        {
            if (WorkedSeconds(job) is not { } seconds)
                continue;

            foreach (var kin in Kin(job.Job.Spec))
                Of(kin).Add(seconds * speeds.Where(job));
        }

        foreach (var times in seen.Values)
            times.Sort();
    }

    /// <summary>
    /// s that its work took: with a checkpoint contract what all attempts did and kept, else the last one. Null: it never ran.
    /// </summary>
    public static double? WorkedSeconds(StoredJob job)
    {
        var runs = job.Attempts.Where(attempt => attempt is { StartTime: not null, EndTime: not null }).ToList();
        if (runs.Count == 0)
            return null;

        var counted = job.Job.Spec.Draft.Checkpoint.Enabled ? runs : runs.TakeLast(1);
        return Math.Max(0.001, counted.Sum(run => Kept(run, job.Job.Spec.Draft.Checkpoint.Enabled)));
    }

    /// <summary>Work of a job that was never seen to end. Without its like it ends just within its time limit, whatever the card.</summary>
    public Guess Guess(JobSpec spec) =>
        Kin(spec).Select(kin => seen.GetValueOrDefault(kin)).FirstOrDefault(times => times is not null) is { } times
        ? new(times[times.Count / 2], SpeedsDiffer: true) { Basis = "guessed: as long as jobs like it took" }
        : new((spec.TimeLimit * WithinLimit ?? s_unknown).TotalSeconds, SpeedsDiffer: false)
        {
            Basis = spec.TimeLimit is null
                ? "guessed: it has no time limit, and nothing like it has run"
                : "guessed: its time limit, as nothing like it has run",
        };

    private static double Kept(Attempt run, bool checkpointed) =>
        Math.Max(
            0, (run.EndTime!.Value - run.StartTime!.Value - (checkpointed ? run.LostWork ?? TimeSpan.Zero : TimeSpan.Zero)).TotalSeconds);

    /// <summary>From its nearest kin to its farthest.</summary>
    private static IEnumerable<string> Kin(JobSpec spec) =>
        [$"{spec.Tier}\n{spec.User}\n{spec.Name}", $"{spec.Tier}\n{spec.User}", spec.Tier];

    private List<double> Of(string kin)
    {
        if (!seen.TryGetValue(kin, out var times))
            seen.Add(kin, times = []);

        return times;
    }
}

/// <summary>What is supposed of a job's work.</summary>
/// <param name="Seconds">On a card of speed 1.</param>
/// <param name="SpeedsDiffer">False: every card is one of speed 1.</param>
internal readonly record struct Guess(double Seconds, bool SpeedsDiffer)
{
    /// <summary>What it rests on, for people; empty: it is none, the job has run.</summary>
    public string Basis { get; init; } = "";
}
