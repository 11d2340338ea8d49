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
        var held = result.Spans.Where(span => span.Card.Length > 0).ToLookup(span => span.Node, StringComparer.Ordinal);
        return cardsOf.Sum(node => Wasted(held[node.Key], node.Value, tooFew, result.Makespan));
    }

    /// <returns>By number of free cards: what share of the jobs with cards asks for more on one machine.</returns>
    private static double[] TooFew(IReadOnlyList<JobRecord> jobs, int most)
    {
        var asking = jobs.Where(job => job.CardsOnNode > 0).GroupBy(job => job.CardsOnNode)
            .Select(size => (Size: size.Key, Count: size.Count())).ToList();
        double all = Math.Max(1, asking.Sum(size => size.Count));
        return [.. Enumerable.Range(0, most + 1).Select(free => asking.Where(size => size.Size > free).Sum(size => size.Count) / all)];
    }

    private static double Wasted(IEnumerable<Span> spans, int cards, double[] tooFew, double until)
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
