namespace GpuScheduler.Core.Policies.Kinds;

/// <summary>Which job goes to which kind of card, or waits, so that the gains add up to most. Jobs are brought in one by one, each
/// along the best chain of moves, which is exact; places are the kinds and the waiting room, so chains are short.</summary>
internal sealed class BestSplit
{
    /// <summary>Gains are counted in whole numbers, so that a chain of moves that gains nothing can't look like one that does.</summary>
    private const double Units = 1e9;

    /// <summary>Further than any chain, and far from an overflow.</summary>
    private const long Never = long.MaxValue / 1024;

    private readonly int[] capacity;
    private readonly long[][] loss;
    private readonly List<int>[] seated;
    private readonly long[][] move;
    private readonly int[][] mover;

    /// <param name="gains">For each job, what each kind is worth to it; 0 or less where it can't run.</param>
    /// <param name="cards">How many of each kind.</param>
    private BestSplit(IReadOnlyList<double[]> gains, IReadOnlyList<int> cards)
    {
        capacity = [.. cards, gains.Count];
        loss = [.. gains.Select(gain => gain.Select(LossOf).Append(0).ToArray())];
        seated = [.. capacity.Select(_ => new List<int>())];
        move = [.. capacity.Select(_ => new long[capacity.Length])];
        mover = [.. capacity.Select(_ => new int[capacity.Length])];
        for (var place = 0; place < capacity.Length; place++)
            Refresh(place);
    }

    private static long LossOf(double worth) => worth > 0 ? -(long)Math.Min(worth * Units, Never) : Never;

    /// <returns>The kind for each job, or <see cref="Contender.Nowhere"/>.</returns>
    public static int[] Of(IReadOnlyList<double[]> gains, IReadOnlyList<int> cards)
    {
        var split = new BestSplit(gains, cards);
        for (var job = 0; job < gains.Count; job++)
            split.Seat(job);

        var result = Enumerable.Repeat(Contender.Nowhere, gains.Count).ToArray();
        for (var kind = 0; kind < cards.Count; kind++)
            split.seated[kind].ForEach(job => result[job] = kind);

        return result;
    }

    /// <summary>Bellman and Ford over the places.</summary>
    private void Seat(int job)
    {
        var distance = (long[])loss[job].Clone();
        var from = Enumerable.Repeat(-1, distance.Length).ToArray();
        for (var improved = true; improved;)
        {
            improved = false;
            for (var place = 0; place < distance.Length; place++)
                improved |= distance[place] < Never && Relax(place, distance, from);
        }

        Shift(
            job, Enumerable.Range(0, capacity.Length).Where(place => seated[place].Count < capacity[place]).MinBy(place => distance[place]),
            from);
    }

    private bool Relax(int place, long[] distance, int[] from)
    {
        var improved = false;
        for (var next = 0; next < distance.Length; next++)
        {
            if (move[place][next] < Never && distance[place] + move[place][next] < distance[next])
                (distance[next], from[next], improved) = (distance[place] + move[place][next], place, true);
        }

        return improved;
    }

    private void Shift(int job, int last, int[] from)
    {
        var place = last;
        var touched = new List<int> { last };
        for (; from[place] >= 0; place = from[place])
        {
            var moved = mover[from[place]][place];
            seated[from[place]].Remove(moved);
            seated[place].Add(moved);
            touched.Add(from[place]);
        }

        seated[place].Add(job);
        touched.ForEach(Refresh);
    }

    /// <summary>Who of a place would go elsewhere at the least loss.</summary>
    private void Refresh(int place)
    {
        var (row, who) = (move[place], mover[place]);
        Array.Fill(row, Never);
        foreach (var job in seated[place])
        {
            for (var next = 0; next < row.Length; next++)
            {
                if (loss[job][next] < Never && loss[job][next] - loss[job][place] < row[next])
                    (row[next], who[next]) = (loss[job][next] - loss[job][place], job);
            }
        }
    }
}
