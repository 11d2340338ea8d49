using System.Globalization;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>An array as a whole.</summary>
internal static class ArrayText
{
    /// <summary>Such as <c>array 12 has 200 elements: 150 PENDING, 40 RUNNING, 10 COMPLETED</c>.</summary>
    public static string Of(string id, ArraySummary array) =>
        $"array {id} has {Number(array.Elements)} element{(array.Elements == 1 ? "" : "s")}: "
            + string.Join(", ", array.States.Select(state => $"{Number(state.Count)} {JobStates.Name(state.State)}"));

    /// <summary>
    /// One line for each state and reason: <c>150 PENDING (Resources)  12_50, 12_51, 12_52 …  needs 1 × A100; …</c>. A scheduler from
    /// before there were reasons tells none.
    /// </summary>
    public static IEnumerable<string> Groups(ArraySummary array, Moments moments)
    {
        var titles = array.Groups.Select(Title).ToList();
        var widest = titles.Select(title => title.Length).DefaultIfEmpty(0).Max();
        return array.Groups.Select((group, i) => PlainText.OneLine(
            $"  {titles[i].PadRight(widest)}  {First(group)}{(group.Text.Length > 0 ? $"  {moments.In(group.Text)}" : "")}"));
    }

    private static string Title(ArrayGroup group) =>
        $"{Number(group.Count)} {JobStates.Name(group.State)}{(group.Reason.Length > 0 ? $" ({group.Reason})" : "")}";

    private static string First(ArrayGroup group) => string.Join(", ", group.First) + (group.Count > group.First.Count ? " …" : "");

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
