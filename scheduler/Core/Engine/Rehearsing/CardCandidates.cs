using System.Globalization;
using System.Text.RegularExpressions;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>Other cards, or less of them; see <see cref="Candidates"/>.</summary>
internal static partial class CardCandidates
{
    /// <summary>Less memory of a card, MiB, is of no use to a job.</summary>
    private const long LeastMemory = 1024;

    public static IEnumerable<Candidate> Of(PoolState state, JobSpec spec) => spec.Request.Gpu is not { } gpu
        ? []
        :
        [
            .. SmallerPart(state, spec, gpu), .. LessMemory(state, spec, gpu), .. OtherProfiles(state, spec, gpu),
            .. ConditionCandidates.Of(state, spec, gpu), .. OtherModels(state, spec, gpu), .. FewerCards(state, spec, gpu),
            .. Unlinked(spec),
        ];

    /// <summary>Of a card of which it wants a part.</summary>
    private static IEnumerable<Candidate> SmallerPart(PoolState state, JobSpec spec, GpuRequest gpu)
    {
        if (gpu.Share is not { } share) yield break;
        var cards = state.Map.Slots.Where(slot => slot.IsOpen).SelectMany(slot => slot.Cards.Values).Where(card => card.IsUsable).ToList();
        var left = cards.Select(card => card.Device.MemoryMib - card.MemoryUsed);
        foreach (var memory in Candidates.Below(share.MemoryMib, LeastMemory, left))
            yield return Candidates.With(
                spec, "part memory", $"--gpu-mem {MemorySize.Format(memory)}",
                spec.Request with { Gpu = WithShare(gpu, share with { MemoryMib = memory }) });
        foreach (var milli in Candidates.Below(share.Milli, 1, cards.Select(card => (long)card.MilliFree)))
            yield return Candidates.With(
                spec, "part", $"--gpu-share {milli}m",
                spec.Request with { Gpu = WithShare(gpu, share with { Milli = (int)milli }) });
    }

    private static GpuRequest WithShare(GpuRequest gpu, CardShare share) => gpu with
    {
        Share = share,
        Alternatives =
        [
            .. gpu.Alternatives.Select(one => one.MinMemoryMib == gpu.Share!.MemoryMib ? one with { MinMemoryMib = share.MemoryMib } : one),
        ],
    };

    /// <summary>Just as much as the next smaller kind of card has that the pool owns.</summary>
    private static IEnumerable<Candidate> LessMemory(PoolState state, JobSpec spec, GpuRequest gpu) =>
        gpu is not { Share: null or { MemoryMib: 0 } }
            ? []
            : Candidates.Below(gpu.Alternatives.Max(one => one.MinMemoryMib), 1, state.Map.Kinds.Select(kind => kind.MemoryMib))
                .Select(memory => WithCards(
                    spec, "card memory", gpu, one => one with { MinMemoryMib = Math.Min(one.MinMemoryMib, memory) }));

    /// <summary>Where a part was asked for that the driver cuts off: the parts that the pool has, then a whole card.</summary>
    private static IEnumerable<Candidate> OtherProfiles(PoolState state, JobSpec spec, GpuRequest gpu) =>
        !gpu.Alternatives.Any(one => one.Mig is not null)
            ? []
            : state.Map.Kinds.Where(kind => kind.Traits.Mig is not null).OrderBy(kind => kind.MemoryMib).Select(kind => kind.Traits.Mig)
                .Distinct(StringComparer.Ordinal).Append(null)
                .Select(profile => WithCards(
                    spec, "profile", gpu, one => one with { Mig = one.Mig is null ? null : profile }));

    /// <summary>As many cards of any one model of the pool, the biggest first.</summary>
    private static IEnumerable<Candidate> OtherModels(PoolState state, JobSpec spec, GpuRequest gpu) =>
        state.Map.Kinds.Where(kind => !gpu.Alternatives.Any(one => CardMatch.Fits(one, kind))).OrderByDescending(kind => kind.MemoryMib)
            .Select(kind => kind.Key).Distinct(StringComparer.Ordinal)
            .Where(model => gpu.Alternatives.All(one => one.Model is { } asked && asked != model))
            .Select(model => gpu.Alternatives[0] with { Model = model, MinMemoryMib = gpu.Share?.MemoryMib ?? 0, MaxMemoryMib = null })
            .Select(other => WithCards(spec, "model", gpu with { Alternatives = [other] }, one => one));

    private static IEnumerable<Candidate> FewerCards(PoolState state, JobSpec spec, GpuRequest gpu) =>
        Candidates.Below(
            gpu.Alternatives.Max(one => one.Count), 1,
            state.Map.Slots.SelectMany(slot => slot.Groups).Select(group => (long)group.IndexedFree))
            .Select(count => WithCards(spec, "cards", gpu, one => one with { Count = (int)Math.Min(one.Count, count) }));

    /// <summary>Where cards had to be linked by NVLink, or those of a gang's nodes to be of one model.</summary>
    private static IEnumerable<Candidate> Unlinked(JobSpec spec)
    {
        if (spec.Request.NvLink)
            yield return Candidates.With(spec, "nvlink", "without --nvlink", spec.Request with { NvLink = false });
        if (spec.Request is { IsGang: true, MixedCards: false })
            yield return Candidates.With(spec, "mixed", "--mixed", spec.Request with { MixedCards = true });
    }

    public static Candidate WithCards(JobSpec spec, string kind, GpuRequest gpu, Func<GpuAlternative, GpuAlternative> change)
    {
        var other = gpu with { Alternatives = [.. gpu.Alternatives.Select(change).Distinct()] };
        return Candidates.With(
            spec, kind, $"{(spec.Request.IsGang ? "--gpus-per-node" : "--gpus")} {Short(GpuExpression.Format(BesidesShare(other)))}",
            spec.Request with { Gpu = other });
    }

    /// <summary>The memory of a part is said by --gpu-mem.</summary>
    private static GpuRequest BesidesShare(GpuRequest gpu) => gpu.Share is { } share ? WithShare(gpu, share with { MemoryMib = 0 }) : gpu;

    /// <summary>As people write them; what is read from that is a little laxer, never stricter.</summary>
    private static string Short(string gpus) => Mebibytes().Replace(
        gpus, size =>
            SizeWords.Of(long.Parse(size.Groups[1].ValueSpan, CultureInfo.InvariantCulture), isLeast: size.Groups[2].Success));

    [GeneratedRegex(@"([0-9]+)MiB(?:(?=(\.\.)))?")]
    private static partial Regex Mebibytes();
}
