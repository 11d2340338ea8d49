namespace GpuScheduler.Storage.Documents;

/// <summary>Empty values are left out of documents: most of a submission's fields are not given, and 100,000 jobs wait.</summary>
internal static class Omitted
{
    public static IReadOnlyDictionary<string, string> NoVariables { get; } = new Dictionary<string, string>();

    public static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    public static IReadOnlyList<T>? NullIfEmpty<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;
}
