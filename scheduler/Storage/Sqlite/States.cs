using GpuScheduler.Core.Model;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Job states as SQL lists.</summary>
internal static class States
{
    private static readonly string Live = Sql(Enum.GetValues<JobState>().Where(state => !state.IsEnded()));
    private static readonly string Ended = Sql(Enum.GetValues<JobState>().Where(state => state.IsEnded()));

    public static string Sql(bool ended) => ended ? Ended : Live;

    public static string Sql(IEnumerable<JobState> states) => string.Join(", ", states.Select(state => (int)state));
}
