using GpuScheduler.Core.Config;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Calendars;

/// <summary>
/// Tells jobs apart by the hours for which they could ever start: one that no night is long enough for must not stand before one
/// that a night would do for.
/// </summary>
internal sealed class StayBands(PoolConfig config, FamilyBook families)
{
    private readonly TimeSpan[] _longest =
    [
        .. config.Nodes.Select(rule => LongestOf(rule.Available)).Where(length => length < TimeSpan.FromDays(7)).Distinct().Order(),
    ];

    private readonly Stay _stay = new(config.Preemption, families);

    /// <summary>False: all jobs are of one band.</summary>
    public bool Any => _longest.Length > 0;

    /// <summary>0: it could start wherever there are hours at all. Jobs of equal bands may start on the same nodes, some time.</summary>
    public int Of(JobSpec spec)
    {
        if (!Any) return 0;
        var need = _stay.Of(spec);
        return _longest.Count(length => !(need <= length));
    }

    /// <summary>The longest time in one piece, clock changes aside; a week stands for ever.</summary>
    private static TimeSpan LongestOf(IReadOnlyList<string> available)
    {
        var (longest, end, start) = (TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MinValue);
        foreach (var (from, to) in TwoWeeks(available).Order())
        {
            if (from > end) (start, end) = (from, to);
            else if (to > end) end = to;
            if (end - start > longest) longest = end - start;
        }

        return longest < TimeSpan.FromDays(7) ? longest : TimeSpan.FromDays(7);
    }

    private static IEnumerable<(TimeSpan From, TimeSpan To)> TwoWeeks(IReadOnlyList<string> available) =>
        from text in available
        let window = WindowText.TryParse(text, out var read) ? read : WeeklyWindow.Never
        from day in Enumerable.Range(0, 14)
        where window.Days.Contains((DayOfWeek)(day % 7))
        select (TimeSpan.FromDays(day) + window.From, TimeSpan.FromDays(day) + window.To);
}
