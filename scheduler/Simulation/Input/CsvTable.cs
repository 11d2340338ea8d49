using System.IO.Compression;
using GpuScheduler.Core.Admission;

namespace GpuScheduler.Simulation.Input;

/// <summary>A file of rows with named columns, in any order; unknown ones are ignored unless
/// <see cref="Allow"/> refuses them. As <c>.csv</c> it has a header line and
/// plain values: no quotes, no commas inside. See <see cref="JsonLines"/> for the other form.</summary>
internal sealed class CsvTable
{
    private readonly string[] header;
    private readonly IReadOnlyList<(int Line, string[] Values)> rows;

    private CsvTable(string file, string[] header, IReadOnlyList<(int Line, string[] Values)> rows) =>
        (File, this.header, this.rows) = (file, header, rows);

    public string File { get; }

    public IEnumerable<string> Columns => header;

    /// <summary>Data rows in the file's order; empty lines are skipped.</summary>
    public IEnumerable<CsvRow> Rows => rows.Select(row => Row(row.Line, row.Values));

    /// <summary>Reads the whole file; a name that ends in .gz is uncompressed.</summary>
    /// <exception cref="InputException">It can't be read.</exception>
    public static CsvTable Open(string file)
    {
        try
        {
            using var stream = System.IO.File.OpenRead(file);
            using Stream content = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(stream, CompressionMode.Decompress)
                : stream;
            return IsJson(file) ? JsonLines.Read(file, new StreamReader(content)) : Read(file, new StreamReader(content));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException($"{file}: can't be read: {failure.Message}");
        }
    }

    public static CsvTable Read(string file, TextReader reader)
    {
        if (reader.ReadLine() is not { Length: > 0 } first)
            throw new InputException($"{file}:1: is empty; allowed: a header line with the names of the columns");

        var rows = new List<(int, string[])>();
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length > 0)
                rows.Add((line, text.Split(',')));
        }

        return new(file, [.. first.Split(',').Select(name => name.Trim())], rows);
    }

    /// <param name="rows">Each with its line number and one value for each column.</param>
    public static CsvTable Of(string file, string[] columns, IReadOnlyList<(int Line, string[] Values)> rows) => new(file, columns, rows);

    public bool Has(string column) => Array.IndexOf(header, column) >= 0;

    /// <exception cref="InputException">There is no such column.</exception>
    public int Position(string column) => Array.IndexOf(header, column) is var position and >= 0
        ? position
        : throw new InputException($"{File}:1: has no column '{column}'; it has: {string.Join(", ", header)}");

    /// <summary>Refuses columns that would be ignored: a mistyped name would change the result without a word.</summary>
    /// <param name="columns">All that are read.</param>
    /// <param name="isRead">More of them, such as by a prefix.</param>
    /// <param name="pattern">These in words; empty: there are no more.</param>
    /// <exception cref="InputException">There is a column that isn't read.</exception>
    public void Allow(IReadOnlyList<string> columns, Func<string, bool>? isRead = null, string pattern = "")
    {
        var unknown = header.Where(column => !columns.Contains(column) && isRead?.Invoke(column) is not true).Distinct()
            .Select(column => $"{File}:1: unknown column '{column}'{Hint(column, columns)}").ToList();
        if (unknown.Count > 0)
            throw new InputException($"{string.Join('\n', unknown)}\nallowed columns: {string.Join(", ", columns)}{pattern}");
    }

    private static string Hint(string column, IReadOnlyList<string> columns) =>
        Nearest.To(column, columns, 2) is { Count: > 0 } near ? $": did you mean '{string.Join("' or '", near)}'?" : "";

    private static bool IsJson(string file) =>
        file.Replace(".gz", "", StringComparison.OrdinalIgnoreCase).EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);

    private CsvRow Row(int line, string[] values) => values.Length == header.Length
        ? new(this, line, values)
        : throw new InputException(
            $"{File}:{line}: has {values.Length} values; allowed: {header.Length}, one for each column of the header");
}
