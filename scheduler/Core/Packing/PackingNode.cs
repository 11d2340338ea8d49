namespace GpuScheduler.Core.Packing;

/// <summary>A machine and what is left of it. Its cards are of one model.</summary>
public sealed class PackingNode
{
    private readonly int[] gpuFree;

    /// <param name="name">Where scores are equal, the first name in ordinal order is taken.</param>
    /// <param name="cpuMilli">Thousandths of a CPU core.</param>
    /// <param name="memoryMib">MiB.</param>
    /// <param name="gpus">How many cards.</param>
    /// <param name="model">Their model; empty when there are none.</param>
    public PackingNode(string name, int cpuMilli, long memoryMib, int gpus, string model)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cpuMilli);
        ArgumentOutOfRangeException.ThrowIfNegative(memoryMib);
        ArgumentOutOfRangeException.ThrowIfNegative(gpus);
        (Name, CpuFree, MemoryFree, Model) = (name, cpuMilli, memoryMib, model);
        gpuFree = new int[gpus];
        Array.Fill(gpuFree, PackingRequest.WholeGpu);
        GpuMilliFree = gpus * PackingRequest.WholeGpu;
    }

    public string Name { get; }

    public string Model { get; }

    /// <summary>Thousandths of a CPU core.</summary>
    public int CpuFree { get; private set; }

    /// <summary>MiB.</summary>
    public long MemoryFree { get; private set; }

    /// <summary>Thousandths of a card, by card.</summary>
    public ReadOnlySpan<int> GpuFree => gpuFree;

    /// <summary>Thousandths of a card over all cards.</summary>
    public int GpuMilliFree { get; private set; }

    /// <summary>Counts the changes, so that what was worked out for an earlier state can be told from what still holds.</summary>
    public int Version { get; private set; }

    public bool Fits(PackingRequest request) =>
        request.CpuMilli <= CpuFree
        && request.MemoryMib <= MemoryFree
        && (request.Gpus == 0 || (request.Models.Accepts(Model) && CardsWith(request.MilliPerGpu) >= request.Gpus));

    /// <summary>How many cards have at least <paramref name="milli"/> thousandths left.</summary>
    public int CardsWith(int milli)
    {
        var count = 0;
        foreach (var free in gpuFree)
            count += free >= milli ? 1 : 0;

        return count;
    }

    /// <summary>Takes the request's share; a whole-card request takes the first idle cards.</summary>
    /// <param name="card">The card to share, where the request shares one.</param>
    /// <returns>The cards taken, by index.</returns>
    /// <exception cref="ArgumentException">It does not fit there: the caller decided on a state that is no longer true.</exception>
    internal int[] Take(PackingRequest request, int card)
    {
        if (!Fits(request) || (request.SharesGpu && gpuFree[card] < request.MilliPerGpu))
            throw new ArgumentException($"{Name}: does not have room for {request}", nameof(request));

        int[] cards = request.SharesGpu ? [card] : [.. IdleCards().Take(request.Gpus)];
        foreach (var taken in cards)
            gpuFree[taken] -= request.MilliPerGpu;

        CpuFree -= request.CpuMilli;
        MemoryFree -= request.MemoryMib;
        GpuMilliFree -= request.GpuMilli;
        Version++;
        return cards;
    }

    private IEnumerable<int> IdleCards() => Enumerable.Range(0, gpuFree.Length).Where(card => gpuFree[card] == PackingRequest.WholeGpu);
}
