namespace GpuScheduler.Core.Policies.Kinds;

/// <summary>
/// Fair in what jobs get done, not in time: the lowest progress since arrival, compared with the same share of every kind of card, shall be
/// as high as can be. Gavel (Narayanan et al., OSDI 2020) solves a linear program for it. Here each round goes a step towards the same: who
/// has advanced less counts for more, cards have prices at which as many are wanted as there are, and each takes the kind that is
/// worth most to it above its price. So no job that is behind takes a fast card that does more for another that is behind.
/// </summary>
public sealed class LeastProgress : ISharingPolicy
{
    /// <summary>A job that has advanced half as far counts four times as much. Higher powers come nearer to the very lowest progress, and
    /// waste
    /// more cards on it; from one on, all are fair (docs/results.md).</summary>
    private const double Power = 2;

    /// <summary>A job that has just come has done nothing yet: without a floor it would count without bound.</summary>
    private const double LeastCounted = 0.05;

    /// <summary>Prices settle quickly: each time every kind's price follows from the others'.</summary>
    private const int Rounds = 4;

    public string Name => "max-min";

    public bool NeedsRunTimes => false;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var cards = room.Free.ToArray();
        double[][] worth = [.. contenders.Select(job => Worth(job, cards, now))];
        var prices = Prices(contenders, worth, cards);
        double Surplus(int job, int kind) => worth[job][kind] - prices[kind];
        var seats = new List<Seat>();
        foreach (var index in
            Enumerable.Range(0, contenders.Count).OrderByDescending(index => prices.Select((_, kind) => Surplus(index, kind)).Max())
                .ThenBy(index => contenders[index].Id))
        {
            var job = contenders[index];
            var kinds = Enumerable.Range(0, room.Kinds).Where(job.CanRunOn).OrderByDescending(kind => Surplus(index, kind));
            seats.AddRange(kinds.Where(kind => room.TryTake(kind, job.Devices)).Take(1).Select(kind => new Seat(job, kind)));
        }

        return seats;
    }

    /// <summary>What a unit of each kind of card does for a job's progress in a round, times what that counts.</summary>
    private static double[] Worth(Contender job, int[] cards, double now)
    {
        var average = Enumerable.Range(0, cards.Length).Where(job.CanRunOn)
            .Sum(kind => cards[kind] / job.Pace[kind]) / Math.Max(1, cards.Sum());
        if (average <= 0) return new double[cards.Length];
        var progress = now > job.Arrival ? job.Done / average / (now - job.Arrival) : 0;
        var counts = Math.Pow(Math.Max(progress, LeastCounted), -Power);
        return [.. job.Pace.Select(pace => counts / pace / average / job.Devices)];
    }

    private static double[] Prices(IReadOnlyList<Contender> contenders, double[][] worth, int[] cards)
    {
        var prices = new double[cards.Length];
        for (var round = 0; round < Rounds; round++)
        {
            for (var kind = 0; kind < cards.Length; kind++) prices[kind] = Price(contenders, worth, prices, kind, cards[kind]);
        }

        return prices;
    }

    /// <summary>The most that those offer who would go without; 0: there are enough for all. An offer is what the kind is worth to a job
    /// beyond what the best of the others leaves it at their prices.</summary>
    private static double Price(IReadOnlyList<Contender> contenders, double[][] worth, double[] prices, int kind, int cards)
    {
        long left = cards;
        foreach (var (offer, devices) in
            worth.Select((row, job) => (Offer: Offer(row, prices, kind), contenders[job].Devices)).OrderByDescending(one => one.Offer))
        {
            left -= devices;
            if (left < 0) return Math.Max(0, offer);
        }

        return 0;
    }

    private static double Offer(double[] worth, double[] prices, int kind)
    {
        var other = 0.0;
        for (var i = 0; i < worth.Length; i++)
        {
            if (i != kind && worth[i] - prices[i] > other) other = worth[i] - prices[i];
        }

        return worth[kind] - other;
    }
}
