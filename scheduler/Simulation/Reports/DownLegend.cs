using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>Keys for what took no work: closed by hours, broken.</summary>
internal static class DownLegend
{
    public static bool Any(PoolResult result) => result.Downtime.AnyClosed || result.Downtime.AnyBroken;

    /// <summary>Nothing where all was open and healthy all the time.</summary>
    public static Markup Of(PoolResult result) => Any(result) ? Markup.Of($"<p class=\"legend\">{Keys(result)}</p>") : Markup.Nothing;

    private static IEnumerable<Markup> Keys(PoolResult result)
    {
        if (result.Downtime.AnyClosed)
            yield return Key("closed", "closed hours");
        if (result.Downtime.AnyBroken)
            yield return Key("broken", "broken");
    }

    private static Markup Key(string style, string name) => Markup.Of($"<span><i class=\"key {style}\"></i>{name}</span>");
}
