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

    /// <summary>
    /// The card of which it would have a part, if others have parts of it already; null: whole cards, or a part of a free one.
    /// </summary>
    public Card? Begun { get; init; }

    /// <summary>It would have a part of a card.</summary>
    private bool IsPart { get; init; }

    private int Left => Begun?.IndexedMilli ?? Group.IndexedFree - Option.Count;

    /// <summary>The same for a part of a card: how a node's free cards stand counts where one of them is begun.</summary>
    /// <param name="group">The cards.</param>
    /// <param name="option">The way to meet the request.</param>
    /// <param name="begun">One that others have parts of; null: a free one.</param>
    /// <param name="cache">Points for what the job left there.</param>
    public static Candidate OfPart(CardGroup group, PlacementOption option, Card? begun, long cache)
    {
        var (left, ofGroup) = begun is null ? (DeviceShare.Whole, group.Points) : (begun.IndexedMilli, 0);
        var points = option.Scores.Kind + option.Scores.OfMilli(left) + ofGroup + cache;
        return new Candidate(group, option, points, cache) { Begun = begun, IsPart = true };
    }

    /// <summary>The same place.</summary>
    public bool IsAt(Candidate other) => ReferenceEquals(Group, other.Group) && ReferenceEquals(Begun, other.Begun);

    /// <summary>A begun card; points; then the fewest cards or thousandths left over, the least memory, the names.</summary>
    public int CompareTo(Candidate other)
    {
        if (Begun is null != other.Begun is null) return Begun is null ? 1 : -1;
        if (Points != other.Points) return other.Points.CompareTo(Points);
        var byLeft = Left.CompareTo(other.Left);
        if (byLeft != 0) return byLeft;
        var byMemory = Option.Kind.MemoryMib.CompareTo(other.Option.Kind.MemoryMib);
        if (byMemory != 0) return byMemory;
        var byModel = string.CompareOrdinal(Option.Kind.Model, other.Option.Kind.Model);
        if (byModel != 0) return byModel;
        var byNode = Group.Slot.Node.Id.CompareTo(other.Group.Slot.Node.Id);
        return byNode != 0 ? byNode : string.CompareOrdinal(Begun?.Device.Uuid, other.Begun?.Device.Uuid);
    }

    /// <summary>Put down score by score, as things stand: before the place is granted.</summary>
    public ScoreSheet Sheet(ScoreConfig weights)
    {
        var (kind, group) = (Option.Scores.Scores, Begun is null ? Group.Scores : default);
        var leftovers = IsPart ? Option.Scores.OfMilli(Begun?.IndexedMilli ?? DeviceShare.Whole) : Option.Scores.OfFree(Group.IndexedFree);
        long[] points =
        [
            Scores.Points.Of(weights.TierPreference, kind.Tier), Scores.Points.Of(weights.FinishTime, kind.Finish), leftovers, Cache,
            Scores.Points.Of(weights.Thermal, group.Thermal), Scores.Points.Of(weights.Power, group.Power),
            Scores.Points.Of(weights.Faults, group.Faults),
            Scores.Points.Of(weights.Energy, kind.Energy), Scores.Points.Of(weights.Cost, kind.Cost),
        ];
        var begun = Begun is not null;
        return new ScoreSheet(Group.Slot.Node.Id, Option.Kind.Model, () => Lines(points, weights, begun)) { Card = CardWords() };
    }

    private string CardWords()
    {
        if (!IsPart) return "";
        return Begun is { } card ? $"{card.Device.Uuid}, begun, {card.IndexedMilli}m left" : "a card not begun yet";
    }

    /// <summary>How free cards stand says nothing of a begun one.</summary>
    private static ScoreLine[] Lines(long[] points, ScoreConfig weights, bool begun) =>
    [
        .. Enum.GetValues<ScoreName>()
            .Where(
                name =>
                    Scores.Points.WeightOf(weights, name) > 0
                        && !(begun && name is (ScoreName.Thermal or ScoreName.Power or ScoreName.Faults)))
            .Select(name => new ScoreLine(NameOf(name), Scores.Points.Shown(points[(int)name]), Scores.Points.WeightOf(weights, name))),
    ];

    private static string NameOf(ScoreName name) => char.ToLowerInvariant($"{name}"[0]) + $"{name}"[1..];
}
