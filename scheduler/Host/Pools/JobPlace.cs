using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Host.Pools;

/// <summary>Where a page of a list of jobs begins.</summary>
/// <param name="Ended">Among those that had ended when the list began, newest first; else among those that lived, oldest first.</param>
/// <param name="Job">The last one of the page before.</param>
/// <param name="Commit">The store's last commit when the list began: it tells which jobs had ended then.</param>
public sealed record JobPlace(bool Ended, JobId Job, long Commit)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Ended ? "ended" : "live")}:{Job}:{Commit}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static JobPlace? TryParse(string text) =>
        text.Split(':') is ["live" or "ended", var id, var number] && JobId.TryParse(id, out var job)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var commit)
            ? new JobPlace(text.StartsWith('e'), job, commit)
            : null;
}
