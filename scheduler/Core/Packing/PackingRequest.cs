namespace GpuScheduler.Core.Packing;

/// <summary>What one piece of work needs of one node. Two requests that are equal are placed alike.</summary>
/// <param name="CpuMilli">Thousandths of a CPU core, 0 or more.</param>
/// <param name="MemoryMib">MiB of host memory, 0 or more.</param>
/// <param name="Gpus">0: needs none; 1: one card or a share of it; 2 or more: that many whole cards.</param>
/// <param name="MilliPerGpu">Thousandths of each card, 1 to 1000; 0 when <paramref name="Gpus"/> is 0; 1000 when it is above 1.</param>
/// <param name="Models">Card models it may run on.</param>
public sealed record PackingRequest(int CpuMilli, long MemoryMib, int Gpus, int MilliPerGpu, ModelSet Models)
{
    public const int WholeGpu = 1000;

    public bool SharesGpu => Gpus == 1 && MilliPerGpu < WholeGpu;

    /// <summary>Thousandths of a card over all cards.</summary>
    public int GpuMilli => Gpus * MilliPerGpu;
}
