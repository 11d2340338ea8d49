using System.Text;
using GpuScheduler.Common.Text;

namespace GpuScheduler.Client.Output;

/// <summary>Lays rows out so that each fits one line: cuts the columns that may be cut, then leaves out the least
/// important ones. Names that people copy, such as job ids, are never cut or wrapped.</summary>
internal static class FittedTable
{
    private const int Gap = 1;
    private const char Ellipsis = '…';

    public static IEnumerable<string> Lines<T>(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows, int width, bool color)
    {
        var cells = rows.Select(row => columns.Select(column => PlainText.OneLine(column.Text(row))).ToArray()).ToArray();
        var widths = columns.Select((column, i) => cells.Select(row => row[i].Length).Append(column.Header.Length).Max()).ToArray();
        var shown = Fit(columns, widths, width);
        yield return Line(columns, shown, widths, i => columns[i].Header, static _ => null);
        for (var r = 0; r < cells.Length; r++)
        {
            var (row, texts) = (rows[r], cells[r]);
            yield return Line(columns, shown, widths, i => texts[i], i => color ? columns[i].Color(row) : null);
        }
    }

    /// <summary>Indexes of the columns that stay; their widths are adjusted in place.</summary>
    private static List<int> Fit<T>(IReadOnlyList<Column<T>> columns, int[] widths, int width)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        while (true)
        {
            var excess = shown.Sum(i => widths[i] + Gap) - Gap - width;
            if (excess <= 0)
                return shown;

            var room = shown.Sum(i => RoomIn(columns[i], widths[i]));
            var next = shown.Where(i => columns[i].DropOrder > 0).OrderBy(i => columns[i].DropOrder).Select(i => (int?)i).FirstOrDefault();
            if (room < excess && next is { } least)
            {
                shown.Remove(least);
                continue;
            }

            Cut(columns, shown, widths, Math.Min(excess, room));
            return shown;
        }
    }

    private static int RoomIn<T>(Column<T> column, int width) =>
        column.Minimum is { } minimum ? Math.Max(0, width - Math.Max(minimum, column.Header.Length)) : 0;

    /// <summary>Takes from the widest column first, so that no one column pays for all.</summary>
    private static void Cut<T>(IReadOnlyList<Column<T>> columns, List<int> shown, int[] widths, int excess)
    {
        for (; excess > 0; excess--)
        {
            var widest = shown.Where(i => RoomIn(columns[i], widths[i]) > 0).MaxBy(i => widths[i]);
            widths[widest]--;
        }
    }

    private static string Line<T>(
        IReadOnlyList<Column<T>> columns, List<int> shown, int[] widths, Func<int, string> textOf, Func<int, int?> colorOf)
    {
        var line = new StringBuilder();
        foreach (var i in shown)
        {
            var text = textOf(i);
            if (text.Length > widths[i])
                text = text[..(widths[i] - 1)] + Ellipsis;

            var padded = columns[i].RightAligned ? text.PadLeft(widths[i]) : text.PadRight(widths[i]);
            line.Append(colorOf(i) is { } color ? $"\e[{color}m{padded}\e[0m" : padded).Append(' ', Gap);
        }

        return line.ToString().TrimEnd();
    }
}
