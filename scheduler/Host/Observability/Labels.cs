namespace GpuScheduler.Host.Observability;

/// <summary>Writes tags as Prometheus labels.</summary>
internal static class Labels
{
    /// <summary>Sorted by name, values escaped: <c>state="idle",tier="training"</c>.</summary>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var sorted = tags.ToArray();
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return string.Join(',', sorted.Select(tag => $"{tag.Key}=\"{Escape(tag.Value?.ToString() ?? "")}\""));
    }

    private static string Escape(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
