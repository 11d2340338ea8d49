using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Common.Text;

namespace GpuScheduler.Client.Commands;

/// <summary>How the entries of a list are written.</summary>
internal sealed record ListForm<T>
{
    /// <summary>One JSON object with these entries.</summary>
    public required Func<IReadOnlyList<T>, string> Json { get; init; }

    /// <summary>Bare names of an entry.</summary>
    public required Func<T, IEnumerable<string>> Names { get; init; }

    /// <summary>Lines of a table for a page.</summary>
    public required Func<Page<T>, IEnumerable<string>> Table { get; init; }

    /// <summary>In place of a table without rows; null: nothing is written.</summary>
    public string? Empty { get; init; }
}

/// <summary>Writes a list page by page, as each comes.</summary>
internal sealed class PagePrinter<T>(Call call, OutputFormat format, ListForm<T> form)
{
    private const int EntriesAtOnce = 50;

    private readonly JsonPages json = new();

    /// <summary>Entries so far.</summary>
    public int Count { get; private set; }

    /// <summary>Writes all pages. True: the limit left some out.</summary>
    public async Task<bool> PrintAsync(IAsyncEnumerable<Page<T>> pages)
    {
        await foreach (var page in pages)
        {
            Print(page);
            call.Out.Flush();
            if (page.IsLast) return page.IsTruncated;
        }

        return false;
    }

    public void Print(Page<T> page)
    {
        Count += page.Entries.Count;
        if (format == OutputFormat.Json)
            WriteJson(page);
        else
            Write(format == OutputFormat.Quiet ? page.Entries.SelectMany(form.Names).Select(PlainText.OneLine) : form.Table(page));

        if (page.IsLast && Count == 0 && format == OutputFormat.Table && form.Empty is { } empty)
            call.Out.WriteLine(empty);
    }

    /// <summary>Some at a time: a page's text as a whole is what takes most memory.</summary>
    private void WriteJson(Page<T> page)
    {
        T[][] parts = page.Entries.Count == 0 ? [[]] : [.. page.Entries.Chunk(EntriesAtOnce)];
        for (var at = 0; at < parts.Length; at++)
            call.Out.Write(json.Add(form.Json(parts[at]), page.IsLast && at == parts.Length - 1));

        if (page.IsLast)
            call.Out.Write("\n");
    }

    private void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            call.Out.WriteLine(line);
    }
}
