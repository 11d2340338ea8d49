namespace GpuScheduler.Core.Packing.Prices;

/// <summary>Prices of card sizes: the dual of a cutting-stock program (after Gilmore and Gomory).</summary>
/// <remarks>
/// The program: cut every card into sizes so that most of the cards is used, and of no size more pieces than come. Its dual
/// chooses a price <c>p</c> for each size, at most the size itself, that minimises
/// <c>value of the best pattern at p + Σ pieces that come · (size − p)</c>. A size that fills gaps and is rare becomes cheap:
/// what depends on its coming is worth little. One that can only be had by leaving gaps keeps its full price.
/// Solved by projected subgradient steps; the average of the later half is the answer, so that sizes that matter alike
/// come out alike.
/// </remarks>
internal static class CuttingStock
{
    /// <summary>Enough for prices that don't change in the third digit.</summary>
    private const int Steps = 6000;

    /// <summary>Of a size's own price, before the square-root decay that makes the steps converge.</summary>
    private const double FirstStep = 0.02;

    /// <summary>Pieces a card below which a size's steps no longer grow: rare sizes would jump from bound to bound.</summary>
    private const double RarePieces = 0.02;

    /// <returns>By size, in cards: 0 to the size.</returns>
    public static double[] Prices(IReadOnlyList<CardSize> sizes)
    {
        var pattern = new CardPattern(sizes);
        double[] prices = [.. sizes.Select(size => size.Cards)];
        var sum = new double[sizes.Count];
        var pieces = new int[sizes.Count];
        for (var step = 0; step < Steps; step++)
        {
            pattern.Solve(prices);
            pattern.Count(pieces);
            Move(prices, sizes, pieces, FirstStep / Math.Sqrt(1 + step));
            for (var size = 0; size < sum.Length && step >= Steps / 2; size++)
                sum[size] += prices[size];
        }

        return [.. sum.Select(total => total / (Steps - (Steps / 2)))];
    }

    /// <summary>A size that the best pattern has more of than comes gets cheaper, one that it has less of dearer.</summary>
    private static void Move(double[] prices, IReadOnlyList<CardSize> sizes, int[] pieces, double length)
    {
        for (var index = 0; index < prices.Length; index++)
        {
            var size = sizes[index];
            var excess = (pieces[index] - size.PerCard) / Math.Max(size.PerCard, RarePieces);
            prices[index] = Math.Clamp(prices[index] - (length * size.Cards * excess), 0, size.Cards);
        }
    }
}
