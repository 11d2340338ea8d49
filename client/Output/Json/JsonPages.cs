namespace GpuScheduler.Client.Output.Json;

/// <summary>One JSON object with one list, written page by page: each page's own object gives what is between the brackets.</summary>
internal sealed class JsonPages
{
    private const string Open = "[\n";
    private const string Close = "\n  ]\n}";

    private string? head;

    /// <summary>The text that follows what was written before.</summary>
    /// <param name="page">The object with this page's entries alone.</param>
    /// <param name="isLast">No page follows.</param>
    public string Add(string page, bool isLast)
    {
        var at = page.IndexOf(Open, StringComparison.Ordinal);
        // A page without entries has "[]".
        if (at < 0) return !isLast ? "" : head is null ? page : Close;
        var entries = page[(at + Open.Length)..^Close.Length];
        var start = head is null ? page[..(at + Open.Length)] : ",\n";
        head = start;
        return start + entries + (isLast ? Close : "");
    }
}
