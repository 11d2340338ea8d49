using GpuScheduler.Core.Calendars;

namespace GpuScheduler.Core.Placement.OpenHours;

/// <summary>The next weeks' openings, worked out once: a cycle asks for many nodes and many jobs.</summary>
internal sealed class Timetable
{
    /// <summary>Days for which it answers by itself.</summary>
    private const int Kept = 8;

    private readonly OpeningHours _times;
    private DateTimeOffset _asOf;
    private IReadOnlyList<Stretch> _stretches = [];

    public Timetable(OpeningHours times, DateTimeOffset now)
    {
        _times = times;
        Renew(now);
    }

    /// <summary>To be called whenever the nodes open or close.</summary>
    public void Renew(DateTimeOffset now) => (_asOf, _stretches) = (now, _times.Stretches(now, OpeningHours.Horizon + Kept));

    /// <summary>The first moment, not before another, from which on it stays open for long enough; null: it never does.</summary>
    /// <param name="from">Not before.</param>
    /// <param name="need">How long; null: for ever.</param>
    public DateTimeOffset? FirstStart(DateTimeOffset from, TimeSpan? need) => from >= _asOf && from <= _asOf.AddDays(Kept)
        ? OpeningHours.FirstStart(_stretches, from, need)
        : _times.FirstStart(from, need);
}
