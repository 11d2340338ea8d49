using System.IO.Compression;

namespace GpuScheduler.Simulation.Input;

/// <summary>A file of comma-separated values with a header line. Columns go by name, in any order; unknown ones are ignored.
/// Values are plain: no quotes, no commas inside.</summary>
internal sealed class CsvTable
{
    private readonly string[] header;
    private readonly IReadOnlyList<string> lines;

    private CsvTable(string file, IReadOnlyList<string> lines)
    {
        (File, this.lines) = (file, lines);
        header = lines.Count > 0 && lines[0].Length > 0
            ? [.. lines[0].Split(',').Select(name => name.Trim())]
            : throw new InputException($"{file}:1: is empty; allowed: a header line with the names of the columns");
    }

    public string File { get; }

    public IEnumerable<string> Columns => header;

    /// <summary>Data rows in the file's order; empty lines are skipped.</summary>
    public IEnumerable<CsvRow> Rows => Enumerable.Range(1, lines.Count - 1).Where(index => lines[index].Length > 0).Select(Row);

    /// <summary>Reads the whole file; a name that ends in .gz is uncompressed.</summary>
    /// <exception cref="InputException">It can't be read.</exception>
    public static CsvTable Open(string file)
    {
        try
        {
            using var stream = System.IO.File.OpenRead(file);
            using Stream content = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
            return Read(file, new StreamReader(content));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException($"{file}: can't be read: {failure.Message}");
        }
    }

    public static CsvTable Read(string file, TextReader reader)
    {
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
            lines.Add(line);

        return new(file, lines);
    }

    public bool Has(string column) => Array.IndexOf(header, column) >= 0;

    /// <exception cref="InputException">There is no such column.</exception>
    public int Position(string column) => Array.IndexOf(header, column) is var position and >= 0
        ? position
        : throw new InputException($"{File}:1: has no column '{column}'; it has: {string.Join(", ", header)}");

    private CsvRow Row(int index)
    {
        var values = lines[index].Split(',');
        return values.Length == header.Length
            ? new(this, index + 1, values)
            : throw new InputException($"{File}:{index + 1}: has {values.Length} values; allowed: {header.Length}, one for each column of the header");
    }
}
