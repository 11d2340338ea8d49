namespace GpuScheduler.Core.Packing.Scores;

/// <summary>What a node would have left, without changing it: scores try every card on one of these.</summary>
public ref struct NodeOutlook
{
    private readonly Span<int> gpuFree;

    /// <param name="buffer">Room for one number a card.</param>
    public NodeOutlook(PackingNode node, Span<int> buffer)
    {
        node.GpuFree.CopyTo(buffer);
        gpuFree = buffer[..node.GpuFree.Length];
        (Model, CpuFree, GpuMilliFree) = (node.Model, node.CpuFree, node.GpuMilliFree);
    }

    public string Model { get; }

    public int CpuFree { get; private set; }

    public int GpuMilliFree { get; private set; }

    public readonly ReadOnlySpan<int> GpuFree => gpuFree;

    public void TakeCpu(int milli) => CpuFree -= milli;

    /// <summary>A negative amount gives back.</summary>
    public void TakeShare(int card, int milli)
    {
        gpuFree[card] -= milli;
        GpuMilliFree -= milli;
    }

    /// <summary>Takes the first idle cards.</summary>
    public void TakeWhole(int gpus)
    {
        for (var card = 0; gpus > 0; card++)
        {
            if (gpuFree[card] < PackingRequest.WholeGpu)
                continue;

            TakeShare(card, PackingRequest.WholeGpu);
            gpus--;
        }
    }
}
