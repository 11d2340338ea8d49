using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>
/// A tier has one colour on the whole page. The stylesheet has as many as can be told apart; tiers beyond share the last.
/// </summary>
internal sealed class TierColors(IEnumerable<JobRecord> jobs)
{
    private const int Most = 8;

    /// <summary>In the order of their colours.</summary>
    public IReadOnlyList<string> Tiers { get; } =
    [
        .. jobs.Select(job => job.Tier).Where(tier => tier.Length > 0).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>A class of the stylesheet.</summary>
    public string StyleOf(string tier) => Style(Index(tier));

    public int Index(string tier) => Math.Max(0, Tiers.ToList().IndexOf(tier));

    public Markup Legend() =>
        Markup.Of(
            $"<p class=\"legend\">{Tiers.Select(tier => Markup.Of($"<span><i class=\"key {StyleOf(tier)}\"></i>{tier}</span>"))}</p>");

    private static string Style(int index) => Markup.Of($"c{Math.Min(index, Most - 1)}").Html;
}
