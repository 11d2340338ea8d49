using GpuScheduler.Core.Calendars;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.OpenHours;

/// <summary>Nodes that open and close together, and whether they are open now.</summary>
internal sealed class NodeHours
{
    private readonly OpeningHours _times;
    private readonly Stay _stay;
    private readonly Timetable _timetable;
    private Opening _now;

    /// <param name="times">When they are open.</param>
    /// <param name="text">The same, as the administrator wrote it.</param>
    /// <param name="stay">How long jobs stay.</param>
    /// <param name="now">The present.</param>
    public NodeHours(OpeningHours times, string text, Stay stay, DateTimeOffset now)
    {
        (_times, _timetable, Text, _stay) = (times, new Timetable(times, now), text, stay);
        _now = times.At(now);
    }

    /// <summary>Such as <c>22:00-07:00</c>.</summary>
    public string Text { get; }

    /// <summary>Where these times of the day hold.</summary>
    public TimeZoneInfo Zone => _times.Zone;

    /// <summary>Sorted by name.</summary>
    public SortedSet<NodeSlot> Nodes { get; } = new(Comparer<NodeSlot>.Create((x, y) => x.Node.Id.CompareTo(y.Node.Id)));

    public bool IsOpen => _now.IsOpen;

    /// <summary>When they open or close next; null: never.</summary>
    public DateTimeOffset? ChangesAt => _now.Until;

    /// <summary>Null: they are closed, or never close.</summary>
    public DateTimeOffset? ClosesAt => _now.IsOpen ? _now.Until : null;

    /// <summary>Longest grace of what was ever started there: so long before the closing somebody may have to be asked to stop.</summary>
    public TimeSpan LongestGrace { get; private set; }

    /// <summary>Something may run there although they are closed: a node came, or they have just closed.</summary>
    public bool IsUnchecked { get; set; } = true;

    /// <summary>A job with this grace was started there.</summary>
    public void NoteGrace(TimeSpan grace) => LongestGrace = grace > LongestGrace ? grace : LongestGrace;

    /// <summary>Brings them up to the present. True: they have opened or closed.</summary>
    public bool Advance(DateTimeOffset now)
    {
        if (!(ChangesAt <= now)) return false;
        _now = _times.At(now);
        _timetable.Renew(now);
        IsUnchecked = true;
        return true;
    }

    /// <summary>They are open, and a job that starts at a moment is gone before they close.</summary>
    public bool Lets(JobSpec spec, DateTimeOffset at) => IsOpen && (ClosesAt is not { } closing || at + _stay.Of(spec) <= closing);

    /// <summary>The first moment, not before another, at which a job may start; null: they are never open for so long.</summary>
    public DateTimeOffset? FirstStart(JobSpec spec, DateTimeOffset from) => _timetable.FirstStart(from, _stay.Of(spec));

    /// <summary>True where nothing but earlier runs tells that a job will be gone in time.</summary>
    public bool IsEstimated(JobSpec spec) => _stay.IsEstimated(spec);
}
