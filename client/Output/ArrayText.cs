using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>An array as a whole.</summary>
internal static class ArrayText
{
    /// <summary>Such as <c>array 12 has 200 elements: 150 PENDING, 40 RUNNING, 10 COMPLETED</c>.</summary>
    public static string Of(string id, ArraySummary array) =>
        $"array {id} has {Number(array.Elements)} element{(array.Elements == 1 ? "" : "s")}: "
            + string.Join(", ", array.States.Select(state => $"{Number(state.Count)} {JobStates.Name(state.State)}"));

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
