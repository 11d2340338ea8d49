using System.Globalization;
using System.Reflection;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>A replay as one page for a browser: no scripts, and nothing is loaded from anywhere. Its size has a bound, however long
/// the replay was.</summary>
internal static class Page
{
    private static readonly string s_style = ReadStyle();

    /// <param name="start">The date at 0 s.</param>
    public static string Of(PoolResult result, DateTimeOffset start)
    {
        var axis = new TimeAxis(result.Makespan, HasDate(result, start) ? start : null, result.Zone);
        var tiers = new TierColors(result.Jobs);
        return Markup.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Title(result)}</title>
            <style>
            {new Markup(s_style)}
            </style>
            </head>
            <body>
            <header>
            <h1>{Title(result)}</h1>
            <p>{Subtitle(result, start)}</p>
            </header>
            <main>
            {SummarySection.Of(result)}
            {UnendedSection.Of(result)}
            {UtilisationSection.Of(result, axis)}
            {QueueSection.Of(result, axis, tiers)}
            {DistributionSection.Of(result, tiers)}
            {GanttSection.Of(result, axis, tiers)}
            {WasteSection.Of(result)}
            {TierSection.Of(result)}
            </main>
            <footer>Simulated by the scheduler's own engine. Energy and cost: {Bill.Basis}.</footer>
            </body>
            </html>

            """).Html;
    }

    /// <summary>Also where nothing says when it was, hours of machines give the time of the day a meaning.</summary>
    private static bool HasDate(PoolResult result, DateTimeOffset start) => start != PoolReplay.SomeMonday || result.Downtime.AnyClosed;

    private static string Title(PoolResult result) => $"{Count(result.Submitted, "job")} on {Count(result.Cards.Count, "card")}";

    private static string Subtitle(PoolResult result, DateTimeOffset start)
    {
        var machines = Count(result.CardsOfNodes.Count, "machine");
        var date = HasDate(result, start)
            ? Write($", from {TimeZoneInfo.ConvertTime(start, result.Zone):ddd yyyy-MM-dd HH:mm}. All times are {result.Zone.Id}")
            : "";
        return $"{machines}{date}.{(result.Recorded is { } recorded ? $" From the store: {recorded}." : "")}";
    }

    private static string Count(int number, string what) => Write($"{number:N0} {what}{(number == 1 ? "" : "s")}");

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string ReadStyle()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
