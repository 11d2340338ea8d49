using System.Text;
using GpuScheduler.Common.Text;

namespace GpuScheduler.Client.Output;

/// <summary>A table that is there as a whole.</summary>
internal static class FittedTable
{
    public static IEnumerable<string> Lines<T>(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows, int width, bool color)
    {
        var table = new FittedTable<T>(columns, rows, width, color);
        return table.Rows(rows).Prepend(table.Header);
    }
}

/// <summary>Lays rows out so that each fits one line: cuts the columns that may be cut, then leaves out the least
/// important ones. Names that people copy, such as job ids, are never cut or wrapped.</summary>
internal sealed class FittedTable<T>
{
    private const int Gap = 1;
    private const char Ellipsis = '…';

    private readonly IReadOnlyList<Column<T>> columns;
    private readonly bool color;
    private readonly int[] widths;
    private readonly List<int> shown;
    private readonly int spare;

    /// <param name="columns">All that may be shown.</param>
    /// <param name="rows">By which the columns are measured.</param>
    /// <param name="width">Of the terminal.</param>
    /// <param name="color">It shows colours.</param>
    public FittedTable(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows, int width, bool color)
    {
        (this.columns, this.color) = (columns, color);
        widths = [.. columns.Select(column => rows.Select(row => Text(column, row).Length).Append(column.Header.Length).Max())];
        shown = Fit(width);
        spare = Math.Max(0, width + Gap - shown.Sum(i => widths[i] + Gap));
    }

    public string Header => Line(i => columns[i].Header, static _ => null);

    public IEnumerable<string> Rows(IEnumerable<T> rows) =>
        rows.Select(row => Line(i => Text(columns[i], row), i => color ? columns[i].Color(row) : null));

    private static string Text(Column<T> column, T row) => PlainText.OneLine(column.Text(row));

    /// <summary>Indexes of the columns that stay; their widths are adjusted in place.</summary>
    private List<int> Fit(int width)
    {
        var staying = Enumerable.Range(0, columns.Count).ToList();
        while (true)
        {
            var excess = staying.Sum(i => widths[i] + Gap) - Gap - width;
            if (excess <= 0)
                return staying;

            var room = staying.Sum(i => RoomIn(columns[i], widths[i]));
            var next = staying.Where(i => columns[i].DropOrder > 0).Select(i => (int?)i).MinBy(i => columns[i!.Value].DropOrder);
            if (room < excess && next is { } least)
            {
                staying.Remove(least);
                continue;
            }

            Cut(staying, Math.Min(excess, room));
            return staying;
        }
    }

    private static int RoomIn(Column<T> column, int width) =>
        column.Minimum is { } minimum ? Math.Max(0, width - Math.Max(minimum, column.Header.Length)) : 0;

    /// <summary>Takes from the widest column first, so that no one column pays for all.</summary>
    private void Cut(List<int> staying, int excess)
    {
        for (; excess > 0; excess--)
        {
            var widest = staying.Where(i => RoomIn(columns[i], widths[i]) > 0).MaxBy(i => widths[i]);
            widths[widest]--;
        }
    }

    private string Line(Func<int, string> textOf, Func<int, int?> colorOf)
    {
        var (line, left) = (new StringBuilder(), spare);
        foreach (var i in shown)
        {
            var text = textOf(i);
            // Rows that were not measured may have longer texts: they take what the line has to spare.
            var most = widths[i] + left;
            if (text.Length > most && columns[i].Minimum is not null)
                text = text[..(most - 1)] + Ellipsis;

            left -= Math.Clamp(text.Length - widths[i], 0, left);
            var padded = columns[i].RightAligned ? text.PadLeft(widths[i]) : text.PadRight(widths[i]);
            line.Append(colorOf(i) is { } shade ? $"\e[{shade}m{padded}\e[0m" : padded).Append(' ', Gap);
        }

        return line.ToString().TrimEnd();
    }
}
