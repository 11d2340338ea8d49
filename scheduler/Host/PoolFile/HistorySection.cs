using GpuScheduler.Core.Config;

namespace GpuScheduler.Host.PoolFile;

/// <summary>How long ended jobs are kept: <c>history</c>.</summary>
internal static class HistorySection
{
    public static HistoryConfig Read(YamlSection section)
    {
        var history = new HistoryConfig
        {
            Keep = section.Duration("keep", new HistoryConfig().Keep, HistoryConfig.Shortest, HistoryConfig.Longest),
        };
        section.RefuseOthers();
        return history;
    }
}
