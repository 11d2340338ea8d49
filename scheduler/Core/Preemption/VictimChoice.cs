namespace GpuScheduler.Core.Preemption;

/// <summary>Chooses whom to stop on one node: the set that loses least among those that make enough room.</summary>
internal static class VictimChoice
{
    /// <summary>
    /// As many are tried in every combination; beyond it, cheapest first, and then each that turns out not to be needed is spared.
    /// </summary>
    public const int MostExact = 10;

    /// <summary>
    /// The cheapest set, sorted by cost; null: not even all of them make room. Ties go to fewer, then to the earlier ones.
    /// </summary>
    /// <param name="candidates">In a fixed order.</param>
    /// <param name="fits">Whether there is room once those marked, of the list given, are gone; more gone is never less room.</param>
    public static IReadOnlyList<Victim>? Cheapest(IReadOnlyList<VictimSet> candidates, Func<IReadOnlyList<VictimSet>, bool[], bool> fits)
    {
        var sorted = candidates.OrderBy(set => set.Cost).ThenBy(set => set.Members[0].Job.Id).ToList();
        var gone = new bool[sorted.Count];
        Array.Fill(gone, true);
        if (!fits(sorted, gone)) return null;
        var chosen = sorted.Count <= MostExact ? new Search(sorted, fits).Run() : Greedy(sorted, fits);
        return [.. sorted.Where((_, i) => chosen[i]).SelectMany(set => set.Members)];
    }

    private static bool[] Greedy(List<VictimSet> sorted, Func<IReadOnlyList<VictimSet>, bool[], bool> fits)
    {
        var gone = new bool[sorted.Count];
        for (var i = 0; !fits(sorted, gone); i++) gone[i] = true;
        for (var i = sorted.Count - 1; i >= 0; i--)
        {
            if (!gone[i]) continue;
            gone[i] = false;
            gone[i] = !fits(sorted, gone);
        }

        return gone;
    }

    /// <summary>Branch and bound: a branch that already costs as much as the best is left.</summary>
    private sealed class Search(List<VictimSet> sorted, Func<IReadOnlyList<VictimSet>, bool[], bool> fits)
    {
        private readonly bool[] _gone = new bool[sorted.Count];
        private bool[] _best = [];
        private (long Cost, int Count) _bestKey = (long.MaxValue, int.MaxValue);

        public bool[] Run()
        {
            Try(0, 0, 0);
            return _best;
        }

        private void Try(int next, long cost, int count)
        {
            if ((cost, count).CompareTo(_bestKey) >= 0) return;
            if (fits(sorted, _gone))
            {
                (_bestKey, _best) = ((cost, count), (bool[])_gone.Clone());
                return;
            }

            if (next == sorted.Count) return;
            _gone[next] = true;
            Try(next + 1, cost + sorted[next].Cost, count + sorted[next].Members.Count);
            _gone[next] = false;
            Try(next + 1, cost, count);
        }
    }
}
