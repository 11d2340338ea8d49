using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Turns a user's words into a specification, or says everything that is wrong with them. Pure: the same draft gets
/// the same answer from the same rules.</summary>
public sealed class Admitter(PoolConfig config, DeviceCatalog catalog)
{
    /// <summary>Reads a draft.</summary>
    /// <param name="draft">The user's words.</param>
    /// <param name="field">Put before each field's name in faults: empty, or <c>jobs[3].</c>.</param>
    /// <param name="presentModels">Drivers' names of the pool's cards: known even where the catalog doesn't have them.</param>
    public AdmissionResult Admit(JobDraft draft, string field = "", IReadOnlyCollection<string>? presentModels = null)
    {
        var faults = new FaultList(field);
        var process = ProcessCheck.Run(draft, faults);
        var request = ReadRequest(draft, presentModels ?? [], faults);
        var tier = TierChoice.Of(config, draft, request.Gpu, catalog, faults);
        if (!request.GpuFailed) tier.Check(draft.Gpus, request.Gpu, faults);
        var terms = ReadTerms(draft, faults);
        if (faults.Any) return new AdmissionResult.Refused(faults.All);
        return new AdmissionResult.Admitted(new JobSpec
        {
            Draft = process.Draft,
            Name = process.Name,
            Tier = tier.Tier!.Name,
            TierDerivedFrom = tier.DerivedFrom,
            Request = request.Value,
            TimeLimit = terms.TimeLimit,
            Retries = draft.Retries ?? config.Defaults.Retries,
            Grace = draft.Grace ?? config.Defaults.Grace,
            Array = terms.Array,
            Dependency = terms.Dependency,
        });
    }

    /// <summary>What the user should know although the job is accepted: words that are easily misread, and that no node could hold it
    /// even when idle.</summary>
    public IReadOnlyList<string> Warnings(JobSpec spec, IReadOnlyList<Node> nodes)
    {
        var warnings = new List<string>(1);
        warnings.AddRange(Remarks.Of(spec));
        warnings.AddRange(NodeWishes.Warnings(spec.Request, nodes));
        if (IdleWarning.For(spec, config.TierOf(spec.Tier)!, nodes) is { } idle) warnings.Add(idle);
        return warnings;
    }

    private (GpuRequest? Gpu, bool GpuFailed, ResourceRequest Value) ReadRequest(
        JobDraft draft, IReadOnlyCollection<string> presentModels, FaultList faults)
    {
        var models = new KnownModels(catalog, presentModels);
        var gpuRead = GpuExpression.TryParse(ShareWish.GpusOf(draft), "gpus", models, out var gpu, out var fault);
        faults.Add(fault);
        gpu = CardWishes.Apply(draft, gpu, !gpuRead, catalog, faults);
        gpu = ShareWish.Apply(draft, gpu, faults);
        faults.Require(draft.Cpus is >= 0 and <= Limits.Cpus, "cpus", $"{draft.Cpus}", $"1 … {Limits.Cpus} cores, or 0 for the default");
        var memory = ReadMemory(draft, faults);
        var nodes = ReadNodes(draft.NodeList, "nodelist", faults);
        var excluded = ReadNodes(draft.Exclude, "exclude", faults);
        faults.Require(
            nodes.Count == 0 || nodes.Except(excluded).Any(), "exclude", draft.Exclude, "at least one node of the node list left over");
        faults.Require(!draft.SameCard || draft.Array.Trim().Length > 0, "same-card", "true",
            "only with --array: the cards of one job are of one model anyway");
        var request = GangCheck.Run(draft, new ResourceRequest(gpu, 0, memory, nodes, excluded) { Exclusive = draft.Exclusive }, faults);
        return (gpu, !gpuRead, request with { CpuCores = Cores(draft, request.Gpu), MemoryMib = MemoryOf(draft, memory, request.Gpu) });
    }

    private long ReadMemory(JobDraft draft, FaultList faults)
    {
        var (perGpu, given) = (draft.MemoryPerGpu.Trim().Length > 0, draft.Memory.Trim().Length > 0);
        if (!perGpu && !given) return config.Defaults.MemoryMib;
        faults.Require(!perGpu || !given, "mem-per-gpu", draft.MemoryPerGpu, "either this or --mem, not both");
        MemorySize.TryParse(
            perGpu ? draft.MemoryPerGpu : draft.Memory, perGpu ? "mem-per-gpu" : "memory", out var memory, out var fault);
        faults.Add(fault);
        return memory;
    }

    private static long MemoryOf(JobDraft draft, long memory, GpuRequest? gpu) =>
        draft.MemoryPerGpu.Trim().Length > 0 ? memory * MostCards(gpu) : memory;

    /// <summary>Alternatives may differ in cards: the largest decides, as it is not known yet which one it will be.</summary>
    private static int MostCards(GpuRequest? gpu) => gpu?.Alternatives.Max(alternative => alternative.Count) ?? 1;

    private static IReadOnlyList<string> ReadNodes(string text, string field, FaultList faults)
    {
        if (text.Trim().Length == 0) return [];
        NodeNames.TryParse(text, field, out var names, out var fault);
        faults.Add(fault);
        return names;
    }

    private int Cores(JobDraft draft, GpuRequest? gpu) => (draft.Cpus, gpu) switch
    {
        ( > 0, _) => draft.Cpus,
        (_, null) => config.Defaults.Cpus,
        (_, _) => Math.Max(1, config.Defaults.CpusPerGpu * MostCards(gpu)),
    };

    private (TimeSpan? TimeLimit, ArraySpec? Array, DependencySpec? Dependency) ReadTerms(JobDraft draft, FaultList faults)
    {
        TimeSpan? limit = null;
        ArraySpec? array = null;
        DependencySpec? dependency = null;
        if (draft.TimeLimit.Trim().Length > 0 && !TimeLimits.TryParse(draft.TimeLimit, "time", out limit, out var fault))
            faults.Add(fault);
        if (draft.Array.Trim().Length > 0
            && !ArrayExpression.TryParse(draft.Array, "array", config.Defaults.MaxArraySize, out array, out fault))
            faults.Add(fault);
        if (draft.Dependency.Trim().Length > 0
            && !DependencyExpression.TryParse(draft.Dependency, "dependency", out dependency, out fault))
            faults.Add(fault);
        faults.Require(draft.Retries is null or (>= 0 and <= Limits.Retries), "retries", $"{draft.Retries}", $"0 … {Limits.Retries}");
        if (draft.Grace is { } grace)
            faults.Require(grace >= TimeSpan.Zero && grace <= Limits.Grace, "grace", SpanText.Of(grace), "0s … 24h");
        faults.Require(
            draft.Priority >= Limits.LeastPriority, "priority", $"{draft.Priority}", $"{Limits.LeastPriority} … {-Limits.LeastPriority}");
        faults.Require(
            Math.Abs((long)draft.UtcOffsetMinutes) <= Limits.UtcOffsetMinutes, "utc_offset_minutes", $"{draft.UtcOffsetMinutes}",
            $"-{Limits.UtcOffsetMinutes} … {Limits.UtcOffsetMinutes}");
        return (limit, array, dependency);
    }
}
