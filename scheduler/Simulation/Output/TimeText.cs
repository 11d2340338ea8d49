using System.Globalization;

namespace GpuScheduler.Simulation.Output;

/// <summary>Stretches of time for people.</summary>
internal static class TimeText
{
    private const double Minute = 60;
    private const double Hour = 3600;
    private const double Day = 86_400;

    /// <summary>Two units at most: <c>42.5s</c>, <c>12m05s</c>, <c>5h07m</c>, <c>3d04h</c>.</summary>
    public static string Of(double seconds) => seconds < 0 ? "-" + Of(-seconds) : seconds switch
    {
        < Minute => Write($"{seconds:0.#}s"),
        < Hour => Write($"{Math.Floor(seconds / Minute):0}m{Math.Floor(seconds % Minute):00}s"),
        < Day => Write($"{Math.Floor(seconds / Hour):0}h{Math.Floor(seconds % Hour / Minute):00}m"),
        _ => Write($"{Math.Floor(seconds / Day):0}d{Math.Floor(seconds % Day / Hour):00}h"),
    };

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
