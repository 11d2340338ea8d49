using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Scores;

/// <summary>A place that a job could have.</summary>
/// <param name="Group">The cards.</param>
/// <param name="Option">The way to meet the request.</param>
/// <param name="Points">The sum of all scores.</param>
/// <param name="Cache">Of those, for what the job left there.</param>
internal readonly record struct Candidate(CardGroup Group, PlacementOption Option, long Points, long Cache) : IComparable<Candidate>
{
    /// <summary>Adds up what counts for a place.</summary>
    public static Candidate Of(CardGroup group, PlacementOption option, long cache) =>
        new(group, option, option.Scores.Kind + option.Scores.OfFree(group.IndexedFree) + group.Points + cache, cache);

    /// <summary>Points; then the fewest cards left over, the least memory, the names.</summary>
    public int CompareTo(Candidate other)
    {
        if (Points != other.Points) return other.Points.CompareTo(Points);
        var byLeft = (Group.IndexedFree - Option.Count).CompareTo(other.Group.IndexedFree - other.Option.Count);
        if (byLeft != 0) return byLeft;
        var byMemory = Option.Kind.MemoryMib.CompareTo(other.Option.Kind.MemoryMib);
        if (byMemory != 0) return byMemory;
        var byModel = string.CompareOrdinal(Option.Kind.Model, other.Option.Kind.Model);
        return byModel != 0 ? byModel : Group.Slot.Node.Id.CompareTo(other.Group.Slot.Node.Id);
    }

    /// <summary>Put down score by score, as things stand: before the place is granted.</summary>
    public ScoreSheet Sheet(ScoreConfig weights)
    {
        var (kind, group) = (Option.Scores.Scores, Group.Scores);
        long[] points =
        [
            Scores.Points.Of(weights.TierPreference, kind.Tier), Scores.Points.Of(weights.FinishTime, kind.Finish), Option.Scores.OfFree(Group.IndexedFree), Cache,
            Scores.Points.Of(weights.Thermal, group.Thermal), Scores.Points.Of(weights.Power, group.Power), Scores.Points.Of(weights.Faults, group.Faults),
            Scores.Points.Of(weights.Energy, kind.Energy), Scores.Points.Of(weights.Cost, kind.Cost),
        ];
        return new ScoreSheet(Group.Slot.Node.Id, Option.Kind.Model, () => Lines(points, weights));
    }

    private static ScoreLine[] Lines(long[] points, ScoreConfig weights) =>
    [
        .. Enum.GetValues<ScoreName>().Where(name => Scores.Points.WeightOf(weights, name) > 0)
            .Select(name => new ScoreLine(NameOf(name), Scores.Points.Shown(points[(int)name]), Scores.Points.WeightOf(weights, name))),
    ];

    private static string NameOf(ScoreName name) => char.ToLowerInvariant($"{name}"[0]) + $"{name}"[1..];
}
