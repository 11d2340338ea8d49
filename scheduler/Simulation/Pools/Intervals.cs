namespace GpuScheduler.Simulation.Pools;

/// <summary>Stretches of time, s: in order, none touches another.</summary>
internal static class Intervals
{
    public static IReadOnlyList<(double Start, double End)> Union(IEnumerable<(double Start, double End)> any)
    {
        var found = new List<(double Start, double End)>();
        foreach (var (start, end) in any.Where(one => one.End > one.Start).OrderBy(one => one.Start))
        {
            if (found is not [.., var last] || start > last.End)
                found.Add((start, end));
            else if (end > last.End)
                found[^1] = (last.Start, end);
        }

        return found;
    }

    /// <summary>What of one is not in the other.</summary>
    public static IReadOnlyList<(double Start, double End)> Without(
        IReadOnlyList<(double Start, double End)> some, IReadOnlyList<(double Start, double End)> others)
    {
        var left = new List<(double Start, double End)>();
        foreach (var (start, end) in some)
        {
            var from = start;
            foreach (var (gone, back) in others.Where(other => other.End > start && other.Start < end))
            {
                if (gone > from)
                    left.Add((from, gone));
                from = Math.Max(from, back);
            }

            if (from < end)
                left.Add((from, end));
        }

        return left;
    }

    /// <summary>s of them between two moments.</summary>
    public static double Within(IReadOnlyList<(double Start, double End)> some, double from, double to) =>
        some.Count == 0 ? 0 : some.Sum(one => Math.Max(0, Math.Min(one.End, to) - Math.Max(one.Start, from)));
}
