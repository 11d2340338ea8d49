using System.Globalization;
using System.Text.RegularExpressions;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Engine.Explaining;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>A job's specification with one thing changed.</summary>
/// <param name="Change">As the user would write it.</param>
/// <param name="Spec">The changed specification.</param>
internal sealed record Candidate(string Change, JobSpec Spec);

/// <summary>
/// Changes worth trying, what costs the user least first: a shorter time limit, less of the machine, less memory on the card,
/// another card, fewer cards, another tier.
/// </summary>
internal static partial class Candidates
{
    private static readonly int[] LimitMinutes = [1440, 720, 480, 240, 120, 60, 30, 15, 10, 5, 1];

    public static IEnumerable<Candidate> Of(PoolState state, JobSpec spec) =>
    [
        .. ShorterLimits(spec), .. Checkpointed(state, spec), .. LessOfTheMachine(spec), .. AnyNode(spec), .. SmallerPart(spec),
        .. LessCardMemory(state, spec), .. OtherModels(state, spec), .. FewerCards(spec), .. FewerNodes(spec), .. OtherTiers(state, spec),
        .. HigherPriority(spec),
    ];

    private static IEnumerable<Candidate> ShorterLimits(JobSpec spec) => LimitMinutes
        .Select(minutes => TimeSpan.FromMinutes(minutes))
        .Where(limit => spec.TimeLimit is not { } given || limit < given)
        .Select(limit => new Candidate($"--time {Minutes(limit)}", spec with { TimeLimit = limit }));

    /// <summary>With a checkpoint contract more classes open to it, and nodes that close.</summary>
    private static IEnumerable<Candidate> Checkpointed(PoolState state, JobSpec spec)
    {
        if (spec.Draft.Checkpoint.Enabled
            || !(state.Map.HasHours || state.Room.Ready.ClassOf(spec).Config.Spill.Any(rule => rule.NeedsCheckpoint))) yield break;
        yield return new Candidate(
            "--checkpoint", spec with { Draft = spec.Draft with { Checkpoint = spec.Draft.Checkpoint with { Enabled = true } } });
    }

    private static IEnumerable<Candidate> LessOfTheMachine(JobSpec spec)
    {
        var request = spec.Request;
        for (var memory = request.MemoryMib / 2; memory >= 1024; memory /= 2)
            yield return With(spec, $"--mem {memory}M", request with { MemoryMib = memory });
        for (var cores = request.CpuCores / 2; cores >= 1; cores /= 2)
            yield return With(spec, $"--cpus {cores}", request with { CpuCores = cores });
    }

    private static IEnumerable<Candidate> AnyNode(JobSpec spec)
    {
        if (spec.Request.Nodes.Count > 0) yield return With(spec, "without --nodelist", spec.Request with { Nodes = [] });
        if (spec.Request.ExcludedNodes.Count > 0) yield return With(spec, "without --exclude", spec.Request with { ExcludedNodes = [] });
    }

    /// <summary>Of a card of which it wants a part.</summary>
    private static IEnumerable<Candidate> SmallerPart(JobSpec spec)
    {
        if (spec.Request.Gpu is not { Share: { } share } gpu) yield break;
        for (var memory = share.MemoryMib / 2; memory >= 1024; memory /= 2)
            yield return With(spec, $"--gpu-mem {memory}M", spec.Request with { Gpu = WithShare(gpu, share with { MemoryMib = memory }) });
        for (var milli = share.Milli / 2; milli >= 50; milli /= 2)
            yield return With(spec, $"--gpu-share {milli}m", spec.Request with { Gpu = WithShare(gpu, share with { Milli = milli }) });
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
    private static IEnumerable<Candidate> LessCardMemory(PoolState state, JobSpec spec)
    {
        if (spec.Request.Gpu is not { Share: null or { MemoryMib: 0 } } gpu || gpu.Alternatives.All(one => one.MinMemoryMib == 0))
            return [];
        var least = gpu.Alternatives.Min(one => one.MinMemoryMib);
        return state.Map.Kinds.Select(kind => kind.MemoryMib).Where(memory => memory < least && memory > 0).Distinct().OrderDescending()
            .Select(
                memory =>
                    WithCards(
                        spec,
                        gpu with
                        {
                            Alternatives = [.. gpu.Alternatives.Select(
                            one => one with { MinMemoryMib = Math.Min(one.MinMemoryMib, memory) })]
                        }));
    }

    /// <summary>As many cards of any one model of the pool, the biggest first.</summary>
    private static IEnumerable<Candidate> OtherModels(PoolState state, JobSpec spec) => spec.Request.Gpu is not { } gpu
        ? []
        : state.Map.Kinds.Where(kind => !gpu.Alternatives.Any(one => CardMatch.Fits(one, kind))).OrderByDescending(kind => kind.MemoryMib)
            .Select(kind => kind.Key).Distinct(StringComparer.Ordinal)
            .Select(model => gpu.Alternatives[0] with { Model = model, MinMemoryMib = gpu.Share?.MemoryMib ?? 0, MaxMemoryMib = null })
            .Select(other => WithCards(spec, gpu with { Alternatives = [other] }));

    private static IEnumerable<Candidate> FewerCards(JobSpec spec)
    {
        if (spec.Request.Gpu is not { } gpu) yield break;
        for (var count = gpu.Alternatives.Max(one => one.Count) / 2; count >= 1; count /= 2)
            yield return WithCards(
                spec, gpu with { Alternatives = [.. gpu.Alternatives.Select(one => one with { Count = Math.Min(one.Count, count) })] });
    }

    private static IEnumerable<Candidate> FewerNodes(JobSpec spec)
    {
        for (var nodes = spec.Request.NodeCount / 2; nodes >= 1; nodes /= 2)
            yield return With(spec, $"--nodes {nodes}", spec.Request with { NodeCount = nodes });
    }

    private static IEnumerable<Candidate> OtherTiers(PoolState state, JobSpec spec) => spec.Request.Gpu is null
        ? []
        : state.Config.Tiers.Where(tier => tier.Name != spec.Tier).Select(
            tier => new Candidate($"--tier {tier.Name}", spec with { Tier = tier.Name }));

    private static IEnumerable<Candidate> HigherPriority(JobSpec spec)
    {
        var priority = Math.Max(spec.Priority, 0) + 100;
        yield return new Candidate($"--priority {priority}", spec with { Draft = spec.Draft with { Priority = priority } });
    }

    private static Candidate WithCards(JobSpec spec, GpuRequest gpu) =>
        With(
            spec, $"{(spec.Request.IsGang ? "--gpus-per-node" : "--gpus")} {Short(GpuExpression.Format(BesidesShare(gpu)))}",
            spec.Request with { Gpu = gpu });

    /// <summary>The memory of a part is said by --gpu-mem.</summary>
    private static GpuRequest BesidesShare(GpuRequest gpu) => gpu.Share is { } share ? WithShare(gpu, share with { MemoryMib = 0 }) : gpu;

    /// <summary>Whole GiB as people write them; what is read from that is a little laxer, never stricter.</summary>
    private static string Short(string gpus) => Mebibytes().Replace(
        gpus, size =>
            Words.Memory(long.Parse(size.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Replace(" ", "", StringComparison.Ordinal));

    [GeneratedRegex("([0-9]+)MiB")]
    private static partial Regex Mebibytes();

    private static Candidate With(JobSpec spec, string change, ResourceRequest request) => new(change, spec with { Request = request });

    private static string Minutes(TimeSpan limit) => limit.TotalMinutes >= 60
        ? string.Create(CultureInfo.InvariantCulture, $"{limit.TotalHours:0}h")
        : string.Create(CultureInfo.InvariantCulture, $"{limit.TotalMinutes:0}m");
}
