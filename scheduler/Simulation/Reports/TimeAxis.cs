using System.Globalization;
using GpuScheduler.Core.Calendars;

namespace GpuScheduler.Simulation.Reports;

/// <summary>From 0 s to the end of the replay, in the <see cref="Scale"/> units of every chart's width.</summary>
/// <param name="until">s.</param>
/// <param name="start">The date at 0 s; null: it means nothing, and labels count from 0.</param>
/// <param name="zone">In which dates are told.</param>
internal sealed class TimeAxis(double until, DateTimeOffset? start, TimeZoneInfo zone)
{
    /// <summary>Every chart is as wide, whatever the window is.</summary>
    public const double Scale = 1000;

    private const int MostTicks = 7;

    /// <summary>Days and times are long words.</summary>
    private const int MostDates = 4;
    private const double Day = 86_400;
    private const double Hour = 3600;
    private const double Minute = 60;

    /// <summary>A mark beyond that share of the width would hang over its end.</summary>
    private const double Last = 0.995;

    private const string DayAndTime = "ddd HH:mm";

    private static readonly double[] s_steps =
        [1, 5, 10, 30, Minute, 5 * Minute, 10 * Minute, 30 * Minute, Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 7 * Day, 14 * Day,
            30 * Day, 90 * Day, 365 * Day];

    private string Form => start is null ? "" : Until <= Day ? "HH:mm" : Until <= 5 * Day ? DayAndTime : "MMM d";

    public double Until => Math.Max(until, 0.001);

    public double X(double seconds) => Scale * Math.Min(seconds, Until) / Until;

    public IEnumerable<Tick> Ticks()
    {
        var most = Form == DayAndTime ? MostDates : MostTicks;
        var step = s_steps.FirstOrDefault(step => Until / step <= most, s_steps[^1] * Math.Ceiling(Until / s_steps[^1] / most));
        foreach (var time in start is { } date ? Round(date, step) : Even(step))
            yield return new(100 * time / Until, Label(time));
    }

    private IEnumerable<double> Even(double step)
    {
        for (var time = 0.0; time <= Until * Last; time += step)
            yield return time;
    }

    /// <summary>Where the zone's clock is round, also beyond a change of clocks.</summary>
    private IEnumerable<double> Round(DateTimeOffset date, double step)
    {
        var local = TimeZoneInfo.ConvertTime(date, zone).DateTime;
        var first = local.AddSeconds((step - (local.TimeOfDay.TotalSeconds % step)) % step);
        var last = double.NegativeInfinity;
        for (var mark = first; (TimeZones.Moment(zone, mark) - date).TotalSeconds is var time && time <= Until * Last;
            mark = mark.AddSeconds(step))
        {
            if (time > last && time >= 0)
                yield return last = time;
        }
    }

    /// <summary>A moment.</summary>
    public string Label(double time) => start is { } date
        ? TimeZoneInfo.ConvertTime(date.AddSeconds(time), zone).ToString(Form, CultureInfo.InvariantCulture)
        : Elapsed(Math.Round(time));

    /// <summary>A stretch between two moments.</summary>
    public string Label(double from, double to) => $"{Label(from)} to {Label(to)}";

    private static string Elapsed(double time) => time switch
    {
        0 => "0",
        >= Day =>
            time % Day < Hour
                ? Write($"{Math.Floor(time / Day)}d")
                : Write($"{Math.Floor(time / Day)}d{Math.Floor(time % Day / Hour):00}h"),
        >= Hour =>
            time % Hour < Minute
                ? Write($"{Math.Floor(time / Hour)}h")
                : Write($"{Math.Floor(time / Hour)}h{Math.Floor(time % Hour / Minute):00}m"),
        >= Minute =>
            time % Minute < 1
                ? Write($"{Math.Floor(time / Minute)}m")
                : Write($"{Math.Floor(time / Minute)}m{Math.Floor(time % Minute):00}s"),
        _ => Write($"{time}s"),
    };

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A mark on an axis.</summary>
/// <param name="Percent">Of its length.</param>
internal readonly record struct Tick(double Percent, string Label);
