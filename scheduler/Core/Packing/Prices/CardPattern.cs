namespace GpuScheduler.Core.Packing.Prices;

/// <summary>The most valuable way to cut one card into sizes: an unbounded knapsack.</summary>
internal sealed class CardPattern
{
    private const int Nothing = -1;

    private readonly IReadOnlyList<CardSize> sizes;
    private readonly int unit;
    private readonly double[] best;
    private readonly int[] last;

    public CardPattern(IReadOnlyList<CardSize> sizes)
    {
        this.sizes = sizes;
        unit = sizes.Aggregate(PackingRequest.WholeGpu, (divisor, size) => GreatestCommonDivisor(divisor, size.Milli));
        best = new double[(PackingRequest.WholeGpu / unit) + 1];
        last = new int[best.Length];
    }

    /// <summary>What each amount of a card is worth at these prices, until the next call.</summary>
    /// <param name="prices">By size.</param>
    public void Solve(ReadOnlySpan<double> prices)
    {
        for (var room = 1; room < best.Length; room++)
        {
            (best[room], last[room]) = (best[room - 1], Nothing);
            for (var size = 0; size < sizes.Count; size++)
            {
                var left = room - (sizes[size].Milli / unit);
                if (left >= 0 && best[left] + prices[size] > best[room])
                    (best[room], last[room]) = (best[left] + prices[size], size);
            }
        }
    }

    /// <param name="milli">0 to 1000.</param>
    public double ValueOf(int milli) => best[milli / unit];

    /// <summary>How often the best pattern of a whole card has each size.</summary>
    public void Count(Span<int> pieces)
    {
        pieces.Clear();
        for (var room = best.Length - 1; room > 0;)
        {
            if (last[room] == Nothing)
            {
                room--;
                continue;
            }

            pieces[last[room]]++;
            room -= sizes[last[room]].Milli / unit;
        }
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
