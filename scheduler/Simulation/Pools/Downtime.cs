namespace GpuScheduler.Simulation.Pools;

/// <summary>When each machine and each card took no work, by its hours or because it was broken. What is both counts as broken.</summary>
internal sealed class Downtime
{
    private static readonly IReadOnlyList<(double Start, double End)> s_never = [];

    private readonly Dictionary<(string Node, string Card), IReadOnlyList<(double Start, double End)>> broken;
    private readonly Dictionary<string, IReadOnlyList<(double Start, double End)>> closed;

    public Downtime(IReadOnlyList<Spell> spells)
    {
        All = spells;
        broken = spells.Where(spell => !spell.IsClosed).GroupBy(spell => (spell.Node, spell.Card)).ToDictionary(
            same => same.Key, same => Intervals.Union(same.Select(spell => (spell.Start, spell.End))));
        closed = spells.Where(spell => spell.IsClosed).GroupBy(spell => spell.Node).ToDictionary(
            same => same.Key, same => Intervals.Union(same.Select(spell => (spell.Start, spell.End))), StringComparer.Ordinal);
    }

    public static Downtime None { get; } = new([]);

    public IReadOnlyList<Spell> All { get; }

    public bool AnyClosed => closed.Count > 0;

    public bool AnyBroken => broken.Count > 0;

    /// <param name="card">Its uuid; empty: what holds for the machine as a whole.</param>
    public IReadOnlyList<(double Start, double End)> Broken(string node, string card)
    {
        var whole = broken.GetValueOrDefault((node, ""), s_never);
        var own = card.Length == 0 ? s_never : broken.GetValueOrDefault((node, card), s_never);
        return own.Count == 0 ? whole : whole.Count == 0 ? own : Intervals.Union(whole.Concat(own));
    }

    /// <summary>And not broken.</summary>
    public IReadOnlyList<(double Start, double End)> Closed(string node, string card) =>
        closed.TryGetValue(node, out var hours) ? Intervals.Without(hours, Broken(node, card)) : s_never;

    /// <summary>Either.</summary>
    public IReadOnlyList<(double Start, double End)> Of(string node, string card) =>
        AnyClosed || AnyBroken ? Intervals.Union(Broken(node, card).Concat(Closed(node, card))) : s_never;
}
