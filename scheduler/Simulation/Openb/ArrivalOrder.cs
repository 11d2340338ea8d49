using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Openb;

/// <summary>Arrivals: a column <c>seedN</c> for each seed, with zero-based row numbers of the work file.</summary>
internal static class ArrivalOrder
{
    /// <param name="pods">How many rows the work file has.</param>
    /// <returns>Row numbers in order; a row may come more than once.</returns>
    public static IReadOnlyList<int> Read(CsvTable table, int seed, int pods)
    {
        var column = $"seed{seed}";
        if (!table.Has(column))
            throw new InputException($"--seed is '{seed}'; allowed by {table.File}: {string.Join(", ", Seeds(table))}");
        if (pods == 0)
            throw new InputException("--pods has no rows; allowed: at least one");

        return [.. table.Rows.TakeWhile(row => row.Text(column).Length > 0).Select(row => row.Number(column, 0, pods - 1))];
    }

    private static IEnumerable<string> Seeds(CsvTable table) =>
        table.Columns.Where(name => name.StartsWith("seed", StringComparison.Ordinal)).Select(name => name["seed".Length..]);
}
