using GpuScheduler.Client.Output;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>An explanation for people: why, then until when, because of whom, and what would help.</summary>
internal static class ExplainText
{
    /// <param name="moments">By the clock of who asks.</param>
    public static string Of(ExplainJobResponse answer, Moments moments)
    {
        var reasons = Rows([.. answer.Reasons.Select(reason => (reason.Reason, $"{Times(reason)}{moments.In(reason.Text)}"))]);
        var state = $"job {answer.Id} is {JobStates.Name(answer.State)}";
        return string.Join('\n',
        [
            .. Whole(answer, moments), state, .. reasons, .. Deadline(answer, moments), .. Acts(answer, moments),
            .. Ahead(answer.Forecast, moments),
        ]);
    }

    /// <summary>Of an array one element speaks for the others.</summary>
    private static string[] Whole(ExplainJobResponse answer, Moments moments) => answer.Array is { } array
        ? [ArrayText.Of(answer.Id.Split('_')[0], array), .. ArrayText.Groups(array, moments), "one of them:"]
        : [];

    private static string[] Deadline(ExplainJobResponse answer, Moments moments) =>
        answer.Deadline is null ? [] : [$"must have ended by {moments.Text(answer.Deadline)}"];

    private static IEnumerable<string> Acts(ExplainJobResponse answer, Moments moments) =>
        answer.Acts.Count == 0 ? [] : ["done to it", .. ActLines.Of(answer.Acts, moments).Select(line => "  " + line)];

    private static IEnumerable<string> Ahead(StartForecast? forecast, Moments moments) => forecast is null
        ? []
        :
        [
            $"starts {When(forecast, moments)}",
            $"  {PlainText.OneLine(moments.In(forecast.Basis))}",
            .. Section("waits for", [.. forecast.BlockedBy.Select(blocker => (blocker.Id, moments.In(blocker.Text)))]),
            .. Section(
                "would start now with",
                [.. forecast.WouldStartIf.Where(change => change.StartsNow).Select(change => (change.Change, change.Text))]),
        ];

    private static string When(StartForecast forecast, Moments moments) => forecast.Eta is { } eta
        ? $"at {moments.Text(eta)} at the latest"
        : "at a time that can't be told yet";

    private static IEnumerable<string> Section(string title, IReadOnlyList<(string Name, string Text)> rows) =>
        rows.Count == 0 ? [] : [title, .. Rows(rows)];

    private static IEnumerable<string> Rows(IReadOnlyList<(string Name, string Text)> rows)
    {
        var widest = rows.Select(row => row.Name.Length).DefaultIfEmpty(0).Max();
        return rows.Select(row => PlainText.OneLine($"  {row.Name.PadRight(widest)}  {row.Text}").TrimEnd());
    }

    /// <summary>Where the words begin with the number themselves, as in "13 cards", it isn't told twice.</summary>
    private static string Times(Explanation reason) =>
        reason.Count > 1 && !reason.Text.StartsWith($"{reason.Count} ", StringComparison.Ordinal) ? $"{reason.Count}x  " : "";
}
