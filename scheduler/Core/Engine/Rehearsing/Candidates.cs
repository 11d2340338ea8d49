using System.Globalization;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>A job's specification with one thing changed.</summary>
/// <param name="Kind">What is changed: of each kind the nearest change that helps is enough.</param>
/// <param name="Change">As the user would write it.</param>
/// <param name="Spec">The changed specification.</param>
internal sealed record Candidate(string Kind, string Change, JobSpec Spec);

/// <summary>
/// Changes worth trying, what costs the user least first: a shorter time limit, less of the machine, less memory on the card,
/// another card, fewer cards, another tier. Within a kind the nearest to what was asked for comes first, and amounts are those that
/// machines have free: what lies between them helps no more than the next smaller one.
/// </summary>
internal static class Candidates
{
    /// <summary>Less host memory, MiB, is of no use to a job.</summary>
    private const long LeastMemory = 1024;

    private static readonly int[] LimitMinutes = [1440, 720, 480, 240, 120, 60, 30, 15, 10, 5, 1];

    public static IEnumerable<Candidate> Of(PoolState state, JobSpec spec) =>
    [
        .. ShorterLimits(spec), .. Checkpointed(state, spec), .. LessOfTheMachine(state, spec), .. AnyNode(spec),
        .. CardCandidates.Of(state, spec), .. FewerNodes(spec), .. OtherTiers(state, spec), .. HigherPriority(spec),
    ];

    /// <summary>Amounts below what is asked for, the largest first.</summary>
    public static IEnumerable<long> Below(long asked, long least, IEnumerable<long> amounts) =>
        amounts.Where(amount => amount >= least && amount < asked).Distinct().OrderDescending();

    public static Candidate With(JobSpec spec, string kind, string change, ResourceRequest request) =>
        new(kind, change, spec with { Request = request });

    private static IEnumerable<Candidate> ShorterLimits(JobSpec spec) => LimitMinutes
        .Select(minutes => TimeSpan.FromMinutes(minutes))
        .Where(limit => spec.TimeLimit is not { } given || limit < given)
        .Select(limit => new Candidate("limit", $"--time {Minutes(limit)}", spec with { TimeLimit = limit }));

    /// <summary>With a checkpoint contract more classes open to it, and nodes that close.</summary>
    private static IEnumerable<Candidate> Checkpointed(PoolState state, JobSpec spec)
    {
        var tier = state.Room.Ready.TierOf(spec).Config;
        if (spec.Draft.Checkpoint.Enabled || !(state.Map.HasHours || tier.Spill.Any(rule => rule.NeedsCheckpoint)
            || tier.Loans.Any(rule => rule.NeedsCheckpoint))) yield break;
        yield return new Candidate(
            "checkpoint", "--checkpoint",
            spec with { Draft = spec.Draft with { Checkpoint = spec.Draft.Checkpoint with { Enabled = true } } });
    }

    private static IEnumerable<Candidate> LessOfTheMachine(PoolState state, JobSpec spec)
    {
        var (request, open) = (spec.Request, state.Map.Slots.Where(slot => slot.IsOpen).ToList());
        foreach (var memory in Below(request.MemoryMib, LeastMemory, open.Select(slot => slot.MemoryFree / 1024 * 1024)))
            yield return With(spec, "memory", $"--mem {MemorySize.Format(memory)}", request with { MemoryMib = memory });
        foreach (var cores in Below(request.CpuCores, 1, open.Select(slot => (long)NodeFit.FreeCores(slot, request))))
            yield return With(spec, "cores", $"--cpus {cores}", request with { CpuCores = (int)cores });
        if (request.Exclusive) yield return With(spec, "exclusive", "without --exclusive", request with { Exclusive = false });
    }

    private static IEnumerable<Candidate> AnyNode(JobSpec spec)
    {
        var request = spec.Request;
        if (request.Nodes.Count > 0) yield return With(spec, "nodelist", "without --nodelist", request with { Nodes = [] });
        if (request.ExcludedNodes.Count > 0) yield return With(spec, "exclude", "without --exclude", request with { ExcludedNodes = [] });
    }

    private static IEnumerable<Candidate> FewerNodes(JobSpec spec)
    {
        for (var nodes = spec.Request.NodeCount - 1; nodes >= 1; nodes--)
            yield return With(spec, "nodes", $"--nodes {nodes}", spec.Request with { NodeCount = nodes });
    }

    private static IEnumerable<Candidate> OtherTiers(PoolState state, JobSpec spec) => spec.Request.Gpu is null
        ? []
        : state.Config.Tiers.Where(tier => tier.Name != spec.Tier).Select(
            tier => new Candidate("tier", $"--tier {tier.Name}", spec with { Tier = tier.Name }));

    private static IEnumerable<Candidate> HigherPriority(JobSpec spec)
    {
        // The highest that may be given can't be raised.
        if (spec.Priority > -Limits.LeastPriority - 100) yield break;
        var priority = Math.Max(spec.Priority, 0) + 100;
        yield return new Candidate("priority", $"--priority {priority}", spec with { Draft = spec.Draft with { Priority = priority } });
    }

    private static string Minutes(TimeSpan limit) => limit.TotalMinutes >= 60
        ? string.Create(CultureInfo.InvariantCulture, $"{limit.TotalHours:0}h")
        : string.Create(CultureInfo.InvariantCulture, $"{limit.TotalMinutes:0}m");
}
