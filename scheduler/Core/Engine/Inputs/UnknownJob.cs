using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Says of a number that no known job has, whether a job may have had it.</summary>
internal static class UnknownJob
{
    /// <returns>Empty for a number that was never given out, and for an element that its array never had.</returns>
    public static string Note(PoolState state, JobId id) =>
        id.Number < 1 || id.Number >= state.NextJobNumber || state.Table.Expand(new JobId(id.Number)).Count > 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $" (jobs that ended are forgotten after history.keep: {state.Config.History.Keep.TotalDays:0.##} days)");
}
