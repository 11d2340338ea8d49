using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Measures;

/// <summary>Free cards that a request finds too scattered, after the public FGD measure, by number of cards: at each moment, the cards
/// that are wholly free on each machine, times the share of the work that asks for more of them on one machine than that.</summary>
internal static class Fragmentation
{
    /// <returns>Card-seconds until the last job ended.</returns>
    public static double CardSeconds(PoolResult result, IReadOnlyDictionary<string, int> cardsOf)
    {
        var tooFew = TooFew(result.Jobs, cardsOf.Values.DefaultIfEmpty(0).Max());
        var taken = result.Spans.Where(span => span.Card.Length > 0).Select(span => (span.Node, span.Card, span.Start, span.End))
            .Concat(Down(result)).ToLookup(span => span.Node, span => (span.Card, span.Start, span.End), StringComparer.Ordinal);
        return cardsOf.Sum(node => Wasted(taken[node.Key], node.Value, tooFew, result.Makespan));
    }

    /// <returns>By number of free cards: what share of the jobs with cards asks for more on one machine.</returns>
    private static double[] TooFew(IReadOnlyList<JobRecord> jobs, int most)
    {
        var asking = jobs.Where(job => job.CardsOnNode > 0).GroupBy(job => job.CardsOnNode)
            .Select(size => (Size: size.Key, Count: size.Count())).ToList();
        double all = Math.Max(1, asking.Sum(size => size.Count));
        return [.. Enumerable.Range(0, most + 1).Select(free => asking.Where(size => size.Size > free).Sum(size => size.Count) / all)];
    }

    /// <summary>A card that is closed or broken is not free.</summary>
    private static IEnumerable<(string Node, string Card, double Start, double End)> Down(PoolResult result) =>
        result.Downtime.All.Count == 0
            ? []
            : result.CardsByNode().SelectMany(card => result.Downtime.Of(card.Node, card.Card.Uuid)
                .Where(gap => gap.Start < result.Makespan)
                .Select(gap => (card.Node, card.Card.Uuid, gap.Start, Math.Min(gap.End, result.Makespan))));

    private static double Wasted(IEnumerable<(string Card, double Start, double End)> spans, int cards, double[] tooFew, double until)
    {
        var steps = spans
            .SelectMany(span => ((double Time, string Card, int Change)[])[(span.Start, span.Card, 1), (span.End, span.Card, -1)])
            .OrderBy(step => step.Time);
        var holders = new Dictionary<string, int>(StringComparer.Ordinal);
        var (free, last, sum) = (cards, 0.0, 0.0);
        foreach (var (time, card, change) in steps)
        {
            sum += free * tooFew[Math.Max(0, free)] * (time - last);
            var before = holders.GetValueOrDefault(card);
            holders[card] = before + change;
            free += before == 0 && change > 0 ? -1 : before + change == 0 ? 1 : 0;
            last = time;
        }

        return sum + (free * tooFew[Math.Max(0, free)] * Math.Max(0, until - last));
    }
}
