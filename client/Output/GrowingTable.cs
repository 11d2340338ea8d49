namespace GpuScheduler.Client.Output;

/// <summary>A table whose rows come little by little: its widths are those of the first rows. Longer texts of later ones take what
/// the line has to spare, and are cut where it has nothing.</summary>
internal sealed class GrowingTable<T>(IReadOnlyList<Column<T>> columns, int width, bool color)
{
    private FittedTable<T>? table;

    /// <summary>The last rows; a table without any has its header all the same.</summary>
    public IEnumerable<string> Finish(IReadOnlyList<T> rows) =>
        table is null && rows.Count == 0 ? FittedTable.Lines(columns, rows, width, color) : Add(rows);

    /// <summary>Lines for some more rows; the header comes with the first.</summary>
    public IEnumerable<string> Add(IReadOnlyList<T> rows)
    {
        if (rows.Count == 0)
            return [];

        if (table is { } begun)
            return begun.Rows(rows);

        table = new(columns, rows, width, color);
        return table.Rows(rows).Prepend(table.Header);
    }
}
