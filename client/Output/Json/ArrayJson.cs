using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output.Json;

/// <summary>An array as a whole.</summary>
internal sealed record ArrayJson(int Elements, IReadOnlyList<ArrayGroupJson> Groups)
{
    public static ArrayJson From(ArraySummary array) => new(array.Elements, [.. array.Groups.Select(ArrayGroupJson.From)]);
}

/// <summary>Elements in the same state for the same reason.</summary>
/// <param name="First">The first few, by index.</param>
internal sealed record ArrayGroupJson(string State, string? Reason, int Count, IReadOnlyList<string> First, string? Text)
{
    public static ArrayGroupJson From(ArrayGroup group) => new(
        JobStates.Name(group.State), OrNull(group.Reason), group.Count, [.. group.First], OrNull(group.Text));

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}
