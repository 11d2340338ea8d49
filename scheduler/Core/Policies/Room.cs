namespace GpuScheduler.Core.Policies;

/// <summary>Free cards by kind and node. A job gets the first node with enough of them; one that needs more than a whole node
/// gets empty nodes and one remainder.</summary>
public sealed class Room
{
    private readonly int[][] sizes;
    private readonly int[][] free;

    /// <param name="nodes">For each kind of card, how many of them each node holds.</param>
    public Room(IEnumerable<IReadOnlyList<int>> nodes)
    {
        sizes = [.. nodes.Select(kind => kind.ToArray())];
        free = [.. sizes.Select(kind => (int[])kind.Clone())];
        Free = [.. free.Select(kind => kind.Sum())];
    }

    public int Kinds => free.Length;

    /// <summary>Free cards of each kind, wherever they are.</summary>
    public int[] Free { get; }

    public static Room Uniform(int nodes, int devices) => new([Enumerable.Repeat(devices, nodes).ToArray()]);

    public void Clear()
    {
        for (var kind = 0; kind < free.Length; kind++)
        {
            sizes[kind].CopyTo(free[kind], 0);
            Free[kind] = sizes[kind].Sum();
        }
    }

    public bool TryTake(int kind, int devices)
    {
        if (Free[kind] < devices)
            return false;

        var (nodes, largest) = (free[kind], sizes[kind].Max());
        var taken = devices <= largest ? TakeFrom(nodes, devices) : TakeWhole(kind, devices / largest, devices % largest, largest);
        if (taken)
            Free[kind] -= devices;

        return taken;
    }

    /// <summary>Counts cards only: a job may be scattered over nodes.</summary>
    public bool TryTakeAnywhere(int kind, int devices)
    {
        if (Free[kind] < devices)
            return false;

        Free[kind] -= devices;
        return true;
    }

    private static bool TakeFrom(int[] nodes, int devices)
    {
        var node = Array.FindIndex(nodes, left => left >= devices);
        if (node >= 0)
            nodes[node] -= devices;

        return node >= 0;
    }

    private bool TakeWhole(int kind, int whole, int rest, int size)
    {
        var nodes = free[kind];
        var idle = Enumerable.Range(0, nodes.Length).Where(node => nodes[node] == size && sizes[kind][node] == size).Take(whole).ToList();
        var last = Enumerable.Range(0, nodes.Length).Where(node => nodes[node] >= rest && !idle.Contains(node)).Take(rest > 0 ? 1 : 0)
            .ToList();
        if (idle.Count < whole || (rest > 0 && last.Count == 0))
            return false;

        idle.ForEach(node => nodes[node] = 0);
        last.ForEach(node => nodes[node] -= rest);
        return true;
    }
}
