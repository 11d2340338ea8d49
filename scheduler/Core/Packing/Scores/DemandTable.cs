namespace GpuScheduler.Core.Packing.Scores;

/// <summary>The mix as one model of card sees it: kinds that may use it, grouped by what they take of cards.</summary>
internal sealed class DemandTable(WorkloadMix mix)
{
    private readonly Dictionary<string, CardDemand[]> byModel = [];

    public CardDemand[] For(string model)
    {
        if (!byModel.TryGetValue(model, out var demand))
            byModel[model] = demand = Build(model);

        return demand;
    }

    private CardDemand[] Build(string model) =>
    [
        .. mix.Entries
            .Where(entry => entry.Request.Gpus > 0 && entry.Request.Models.Accepts(model))
            .GroupBy(entry => (entry.Request.Gpus, entry.Request.MilliPerGpu))
            .Select(group => new CardDemand(group.Key.Gpus, group.Key.MilliPerGpu, group)),
    ];
}

/// <summary>Requests that take the same of cards and differ in CPU.</summary>
internal sealed class CardDemand
{
    private readonly int[] cpu;
    private readonly double[] shareUpTo;

    public CardDemand(int gpus, int milliPerGpu, IEnumerable<MixEntry> entries)
    {
        (Gpus, MilliPerGpu) = (gpus, milliPerGpu);
        MixEntry[] sorted = [.. entries.OrderBy(entry => entry.Request.CpuMilli)];
        cpu = [.. sorted.Select(entry => entry.Request.CpuMilli)];
        shareUpTo = [.. sorted.Select((_, index) => sorted.Take(index + 1).Sum(entry => entry.Share))];
    }

    public int Gpus { get; }

    public int MilliPerGpu { get; }

    /// <summary>The share, of the whole mix, of these requests that <paramref name="cpuMilli"/> is enough for.</summary>
    public double ShareWithin(int cpuMilli)
    {
        var index = cpu.Length - 1;
        while (index >= 0 && cpu[index] > cpuMilli)
            index--;

        return index < 0 ? 0 : shareUpTo[index];
    }
}
