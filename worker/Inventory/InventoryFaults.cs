namespace GpuScheduler.Worker.Inventory;

/// <summary>Gathers what is wrong with an inventory, so that its author hears everything at once.</summary>
internal sealed class InventoryFaults
{
    private const int MostTold = 30;

    private readonly List<(long Line, string Text)> faults = [];

    public bool Any => faults.Count > 0;

    public void Add(string file, long line, string problem) => faults.Add((line, $"{file}:{line}: {problem}"));

    /// <summary>One fault a line, in the order of the file.</summary>
    public override string ToString()
    {
        var told = faults.OrderBy(fault => fault.Line).Take(MostTold).Select(fault => fault.Text);
        return string.Join('\n', faults.Count > MostTold ? told.Append($"and {faults.Count - MostTold} more") : told);
    }
}
