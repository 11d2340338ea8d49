namespace GpuScheduler.Core.Policies.Interleaving;

/// <summary>How long one iteration takes when jobs share cards and take turns: while one computes, the next loads its data. After
/// Muri (Zhao et al., SIGCOMM 2022): up to four jobs, each a stage behind the one before it, in the order that is best.</summary>
internal static class StageCycle
{
    public const int MostJobs = 4;

    private const int Storage = 0;
    private const int Processor = 1;
    private const int Card = 2;
    private const int Slots = 4;
    private const int Rounds = 2;
    private const double Steady = 1e-3;

    /// <param name="stages">For each job, s of an iteration on storage, processor and card.</param>
    /// <returns>s; in it everyone completes one iteration.</returns>
    public static double Length(IReadOnlyList<IReadOnlyList<double>> stages)
    {
        var best = Orders([.. stages]).Min(Cycle);
        return stages.Count == 2 ? Math.Min(best, Alternate(stages[0], stages[1])) : best;
    }

    private static double Alternate(IReadOnlyList<double> a, IReadOnlyList<double> b) =>
        Math.Max(a[Storage], b[Processor] + b[Card]) + Math.Max(b[Storage], a[Processor] + a[Card]);

    /// <summary>Moments at which the slots begin, until two cycles in a row last the same.</summary>
    private static double Cycle(IReadOnlyList<double>[] order)
    {
        var begin = new double[(Slots * Rounds) + 1];
        for (var slot = 0; slot < Slots * Rounds; slot++)
        {
            begin[slot + 1] = End(order, begin, slot);
            if (slot >= Slots && Close(begin[slot + 1] - begin[slot - 3], begin[slot] - begin[slot - 4])
                && begin[slot + 1] > begin[slot - 3])
                return begin[slot + 1] - begin[slot - 3];
        }

        return begin[^1] - begin[^(Slots + 1)];
    }

    /// <summary>A slot lasts until each job in it is through with its stage; loading began a slot earlier.</summary>
    private static double End(IReadOnlyList<double>[] order, double[] begin, int slot)
    {
        var end = 0.0;
        if (At(order, slot + 1) is { } computing)
            end = Math.Max(end, begin[slot] + computing[Card]);
        if (At(order, slot + 2) is { } preparing)
            end = Math.Max(end, begin[slot] + preparing[Processor]);
        if (slot > 0 && At(order, slot + 3) is { } loading)
            end = Math.Max(end, begin[slot - 1] + loading[Storage]);

        return end;
    }

    private static IReadOnlyList<double>? At(IReadOnlyList<double>[] order, int turn) =>
        turn % Slots < order.Length ? order[turn % Slots] : null;

    private static bool Close(double a, double b) => Math.Abs(a - b) <= Steady * Math.Max(Math.Abs(a), Math.Abs(b));

    private static IEnumerable<IReadOnlyList<double>[]> Orders(IReadOnlyList<double>[] jobs)
    {
        if (jobs.Length <= 1)
            return [jobs];

        return Enumerable.Range(0, jobs.Length).SelectMany(first =>
            Orders([.. jobs[..first], .. jobs[(first + 1)..]]).Select(rest => (IReadOnlyList<double>[])[jobs[first], .. rest]));
    }
}
