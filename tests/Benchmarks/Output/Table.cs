namespace GpuScheduler.Benchmarks.Output;

/// <summary>Figures as a Markdown table, readable on a terminal too.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [columns];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print()
    {
        Console.WriteLine($"\n### {title}\n");
        var widths = Enumerable.Range(0, columns.Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        for (var row = 0; row < _rows.Count; row++)
        {
            Console.WriteLine($"| {string.Join(" | ", _rows[row].Select((cell, column) => cell.PadRight(widths[column])))} |");
            if (row == 0) Console.WriteLine($"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|");
        }
    }
}
