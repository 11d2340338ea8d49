namespace GpuScheduler.Core.Packing.Scores;

/// <summary>Prefers the node that would have least left.</summary>
/// <remarks>
/// <c>floor(100 · (1 − ½·cpu left / 128 cores − ½·GPU left / 8 cards))</c>, both after the placement and the latter over all
/// cards of the node; a share goes to the fullest card that has room. The two constants are the largest machine of the
/// published experiments and serve as units only.
/// </remarks>
public sealed class BestFitScore : INodeScore
{
    private const double LargestCpuMilli = 128_000;
    private const double LargestGpuMilli = 8 * PackingRequest.WholeGpu;

    public NodeScore Of(PackingNode node, PackingRequest request)
    {
        var left = (0.5 * (node.CpuFree - request.CpuMilli) / LargestCpuMilli)
            + (0.5 * (node.GpuMilliFree - request.GpuMilli) / LargestGpuMilli);
        return new(Math.Floor(100 * (1 - left)), request.SharesGpu ? FullestCard(node.GpuFree, request.MilliPerGpu) : 0);
    }

    private static int FullestCard(ReadOnlySpan<int> free, int milli)
    {
        var best = -1;
        for (var card = 0; card < free.Length; card++)
        {
            if (free[card] >= milli && (best < 0 || free[card] < free[best]))
                best = card;
        }

        return best;
    }
}
