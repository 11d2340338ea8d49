using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>
/// Fewer conditions on a card, the nearest first: as much of a condition as a card of the pool meets, then without it, the others
/// kept; without any at last. See <see cref="CardCandidates"/>.
/// </summary>
internal static class ConditionCandidates
{
    public static IEnumerable<Candidate> Of(PoolState state, JobSpec spec, GpuRequest gpu)
    {
        if (gpu.Alternatives.Any(one => one.MaxMemoryMib is not null))
            yield return CardCandidates.WithCards(spec, "most memory", gpu, one => one with { MaxMemoryMib = null });
        if (!gpu.Alternatives.Any(one => one.Needs != CardNeeds.None)) yield break;
        var facts = state.Map.Kinds.Select(kind => kind.Traits.Facts).ToList();
        foreach (var (kind, ease) in Eased(facts, gpu).Append(("conditions", _ => CardNeeds.None)))
        {
            if (!gpu.Alternatives.Any(one => Plain(ease(one.Needs)) != Plain(one.Needs))) continue;
            yield return CardCandidates.WithCards(spec, kind, gpu, one => one with { Needs = Plain(ease(one.Needs)) });
        }
    }

    /// <summary>The fit of a card without conditions is told by that one object.</summary>
    private static CardNeeds Plain(CardNeeds needs) => needs == CardNeeds.None ? CardNeeds.None : needs;

    private static IEnumerable<(string Kind, Func<CardNeeds, CardNeeds> Ease)> Eased(List<CardFacts> facts, GpuRequest gpu)
    {
        var capabilities = facts.Select(one => one.ComputeCapability).OfType<int>();
        foreach (var least in Below(capabilities, gpu.Alternatives.Max(one => one.Needs.MinCapability)))
            yield return ("capability", needs => needs with { MinCapability = needs.MinCapability is null ? null : least });
        yield return ("capability", needs => needs with { MinCapability = null });
        yield return ("highest capability", needs => needs with { MaxCapability = null });
        yield return ("ecc", needs => needs with { Ecc = false });
        yield return ("precision", needs => needs with { Precision = null });
        foreach (var oldest in Below(Versions(facts, one => one.Driver), gpu.Alternatives.Max(one => one.Needs.MinDriver)))
            yield return ("driver", needs => needs with { MinDriver = needs.MinDriver is null ? null : oldest });
        yield return ("driver", needs => needs with { MinDriver = null });
        foreach (var oldest in Below(Versions(facts, one => one.Cuda), gpu.Alternatives.Max(one => one.Needs.MinCuda)))
            yield return ("cuda", needs => needs with { MinCuda = needs.MinCuda is null ? null : oldest });
        yield return ("cuda", needs => needs with { MinCuda = null });
    }

    private static IEnumerable<DottedVersion> Versions(List<CardFacts> facts, Func<CardFacts, string> version) => facts
        .Select(one => DottedVersion.TryParse(version(one), out var read) ? read : (DottedVersion?)null).OfType<DottedVersion>();

    /// <summary>What is there below what was asked for, the highest first.</summary>
    private static IEnumerable<T> Below<T>(IEnumerable<T> there, T? asked)
        where T : struct, IComparable<T> =>
        asked is { } most ? there.Where(one => one.CompareTo(most) < 0).Distinct().OrderDescending() : [];
}
