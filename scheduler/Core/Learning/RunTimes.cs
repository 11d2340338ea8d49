using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Learning;

/// <summary>How long a family's next run will take, by those before.</summary>
public static class RunTimes
{
    /// <summary>Fewer say too little about the longest.</summary>
    public const int Fewest = 3;

    private const double Margin = 1.25;

    /// <summary>Steps are what jobs say: they may let a run look longer than any time that can be told.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(Limits.DaysAhead);

    /// <summary>Longer than nearly all will take: the longest of the newest runs and a quarter more; null: too few are known. An
    /// estimate: nothing stops a job that takes longer.</summary>
    public static TimeSpan? Cautious(FamilyFacts? facts) => facts is { Runs.Count: >= Fewest }
        ? TimeSpan.FromSeconds(Math.Min(Math.Ceiling(facts.Runs.Max(run => run.Seconds) * Margin), Longest.TotalSeconds))
        : null;

    /// <summary>The middle one of the runs on such cards, s; null: none is known.</summary>
    public static double? Typical(FamilyFacts facts, CardsUsed cards)
    {
        double[] seconds = [.. facts.Runs.Where(run => run.Cards == cards).Select(run => run.Seconds).Order()];
        return seconds.Length == 0 ? null : seconds[(seconds.Length - 1) / 2];
    }
}
