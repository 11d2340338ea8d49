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
        var axis = new TimeAxis(result.Makespan, start == PoolReplay.SomeMonday ? null : start);
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

    private static string Title(PoolResult result) => $"{Count(result.Submitted, "job")} on {Count(result.Cards.Count, "card")}";

    private static string Subtitle(PoolResult result, DateTimeOffset start)
    {
        var machines = Count(result.CardsOfNodes.Count, "machine");
        var date = start == PoolReplay.SomeMonday ? "" : Write($", from {start.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
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
