using GpuScheduler.Core.Model;

namespace GpuScheduler.Host.Pools;

/// <summary>Where a page of a list of jobs begins. Callers hand it back as they got it.</summary>
/// <param name="Ended">Among those that have ended, newest first; else among those that live, oldest first.</param>
/// <param name="Job">The last one of the page before.</param>
public sealed record PageToken(bool Ended, JobId Job)
{
    public override string ToString() => $"{(Ended ? "ended" : "live")}:{Job}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out PageToken? token)
    {
        token = null;
        var parts = text.Split(':');
        if (text.Length == 0) return true;
        if (parts is not ["live" or "ended", var id] || !JobId.TryParse(id, out var job)) return false;
        token = new PageToken(parts[0] == "ended", job);
        return true;
    }
}
