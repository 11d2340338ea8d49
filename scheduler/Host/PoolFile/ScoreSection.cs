using GpuScheduler.Core.Config;

namespace GpuScheduler.Host.PoolFile;

/// <summary>The section that says which of several devices a job gets: <c>scores</c>.</summary>
internal static class ScoreSection
{
    public static ScoreConfig Read(YamlSection section)
    {
        var shipped = new ScoreConfig();
        var scores = new ScoreConfig
        {
            TierPreference = section.Number("tierPreference", shipped.TierPreference, 0, Limits.TierPoints),
            FinishTime = Weight(section, "finishTime", shipped.FinishTime),
            Fragmentation = Weight(section, "fragmentation", shipped.Fragmentation),
            Cache = Weight(section, "cache", shipped.Cache),
            Thermal = Weight(section, "thermal", shipped.Thermal),
            Power = Weight(section, "power", shipped.Power),
            Faults = Weight(section, "faults", shipped.Faults),
            Energy = Weight(section, "energy", shipped.Energy),
            Cost = Weight(section, "cost", shipped.Cost),
        };
        section.RefuseOthers();
        return scores;
    }

    private static int Weight(YamlSection section, string key, int shipped) => section.Number(key, shipped, 0, Limits.ScorePoints);
}
