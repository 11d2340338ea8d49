using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary>A pool as it is, and as it would be, at the same work.</summary>
/// <param name="Drain">Null: it was not asked for.</param>
/// <param name="KwhUsd">Price of a kilowatt-hour.</param>
internal sealed record WhatIfResult(
    IReadOnlyList<PoolChange> Changes, PoolResult Before, PoolResult After, DrainQuestion? Drain, double KwhUsd) : ISimulationResult
{
    private IReadOnlyList<Purchase> Purchases { get; } = [.. Changes.Select(change => change.Purchase).OfType<Purchase>()];

    private int? PurchaseUsd =>
        Purchases.All(purchase => purchase.TotalUsd is not null) ? Purchases.Sum(purchase => purchase.TotalUsd) : null;

    public JsonObject ToJson(TimeSpan elapsed)
    {
        var movers = new Movers(Before, After);
        return new()
        {
            ["changes"] = Texts(Changes.Select(change => change.Text)),
            ["rules"] = Before.RulesFile.Length == 0 ? null : Before.RulesFile,
            ["recorded"] = Before.Recorded?.ToJson(),
            ["before"] = Before.ToJson(TimeSpan.Zero),
            ["after"] = After.ToJson(TimeSpan.Zero),
            ["drain"] = Drain?.ToJson(Before, After),
            ["purchaseUsd"] = PurchaseUsd,
            ["priceUnknown"] = Texts(Purchases.Where(purchase => purchase.EachUsd is null).Select(purchase => purchase.Model).Distinct()),
            ["kwhUsd"] = KwhUsd,
            ["jobsHelped"] = movers.Helped,
            ["jobsHurt"] = movers.Hurt,
            ["mostHelped"] = new JsonArray([.. movers.MostHelped.Select(job => job.ToJson())]),
            ["mostHurt"] = new JsonArray([.. movers.MostHurt.Select(job => job.ToJson())]),
            ["asked"] = new JsonArray([.. movers.Named(Changes).Select(job => job.ToJson())]),
            ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
        };
    }

    /// <summary>Fits 80 columns, but for what a person named.</summary>
    public string ToText(TimeSpan elapsed)
    {
        var text = new StringBuilder();
        Line(text, $"work     {Before.Submitted} jobs{(Before.Recorded is { } recorded ? $" of the store: {recorded.States}" : "")}");
        if (Before.Recorded?.Remarks is { Length: > 0 } remarks)
            Line(text, $"         {remarks}");
        Line(text, $"rules    {(Before.RulesFile.Length == 0 ? "as shipped; --pool names others" : Before.RulesFile)}");
        foreach (var change in Changes)
            Line(text, $"changed  {change.Text}");

        Line(text, $"");
        Line(text, $"{"",-28} {"as it is",12} {"changed",12}  difference");
        foreach (var figure in Comparison.Of(Before, After, KwhUsd))
            text.AppendLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"{figure.Name,-28} {figure.Show(figure.Before),12} {figure.Show(figure.After),12}  {figure.Change}").TrimEnd());

        Line(text, $"");
        if (Drain is { } drain)
        {
            Line(text, $"drained by {drain}?");
            Drained(text, "as it is  ", drain, Before);
            Drained(text, "changed   ", drain, After);
            foreach (var line in DrainQuestion.Held(Before))
                Line(text, $"{line}");
        }

        foreach (var purchase in Purchases)
            Line(text, $"to buy: {Price(purchase)}");

        Jobs(text, new Movers(Before, After));
        Line(text, $"");
        Line(text, $"energy by the catalog: {Bill.PowerBasis}");
        if (Before.Recorded is not null)
            Line(text, $"every run here is simulated, also of the pool as it is; nothing was changed");

        text.Append(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:f2} s of real time");
        return text.ToString();
    }

    private static void Drained(StringBuilder text, string which, DrainQuestion drain, PoolResult result)
    {
        Line(text, $"  {which}{drain.Answer(result)}");
        foreach (var line in drain.Details(result))
            Line(text, $"{line}");
    }

    private void Jobs(StringBuilder text, Movers movers)
    {
        foreach (var job in movers.Named(Changes))
            Line(text, $"job {job.Text} (submission to end)");

        Line(text, $"{movers.Helped} {(movers.Helped == 1 ? "job ends" : "jobs end")} earlier, {movers.Hurt} later");
        foreach (var job in movers.MostHelped)
            Line(text, $"  earlier  {job.Text}");
        foreach (var job in movers.MostHurt)
            Line(text, $"  later    {job.Text}");
    }

    private static string Price(Purchase purchase) => purchase.TotalUsd is { } total
        ? string.Create(
            CultureInfo.InvariantCulture, $"{purchase.Count} x {purchase.Model}, {purchase.EachUsd} USD each at launch: {total} USD")
        : $"{purchase.Count} x {purchase.Model}: the catalog has no price";

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static void Line(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
