using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Puts scores into words.</summary>
internal static class ScoreWords
{
    /// <summary>
    /// The place that was chosen, and the next best; nothing where it is not remembered, or where there was nothing to choose.
    /// </summary>
    public static IEnumerable<Explanation> Of(PlacementChoice? choice) => choice is null
        ? []
        : [new Explanation(Reason.Score, 1, $"it scored {Sheet(choice.Chosen)}{Begun(choice.Chosen)}; {Next(choice.RunnerUp)}")];

    /// <summary>Begun cards stand above all scores.</summary>
    private static string Begun(ScoreSheet chosen) => chosen.Card.Length == 0 ? "" : $" on {chosen.Card}: parts go to begun cards first";

    private static string Next(ScoreSheet? second) => second is null
        ? "no other place had room then"
        : $"next best was {second.Model} on {second.Node}{(second.Card.Length == 0 ? "" : $" ({second.Card})")} with {Sheet(second)}";

    /// <summary>Such as <c>1165 points (tierPreference 1000 of 1000, finishTime 60 of 60)</c>.</summary>
    private static string Sheet(ScoreSheet sheet) =>
        $"{Number(sheet.Total)} points "
            + $"({string.Join(", ", sheet.Lines.Select(line => $"{line.Name} {Number(line.Points)} of {line.Weight}"))})";

    private static string Number(double points) => points.ToString("0.#", CultureInfo.InvariantCulture);
}
