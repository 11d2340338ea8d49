using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Quotas;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Refuses at once what its owner's limits can never let start, or what would be one job too many.</summary>
internal static class QuotaCheck
{
    /// <param name="quotas">All limits.</param>
    /// <param name="spec">The job.</param>
    /// <param name="before">Jobs of the same submission that come before it, by whom they count for.</param>
    /// <param name="tier">Its tier.</param>
    /// <param name="catalog">Grades the models it names.</param>
    /// <param name="field">Put before each field's name.</param>
    public static IEnumerable<Fault> Faults(
        QuotaBook quotas, JobSpec spec, Dictionary<Tally, int> before, TierConfig tier, DeviceCatalog catalog, string field)
    {
        foreach (var tally in quotas.Of(spec))
        {
            if (TooManyCards(tally, spec, tier, catalog) is { } cap)
                yield return new Fault(
                    $"{field}gpus", spec.Draft.Gpus,
                    $"at most {QuotaWords.Cards(cap.Milli)} {QuotaWords.Kind(cap.Name)} at once for {QuotaWords.Whose(tally)} "
                        + $"({Name(tally)})");
            if (tally.Limits.Running == 0)
                yield return new Fault($"{field}{Party(tally)}", tally.Name, $"nothing: {QuotaWords.Whose(tally)} may run no jobs");
            var count = spec.Array?.Indexes.Count ?? 1;
            var live = tally.Live + before.GetValueOrDefault(tally);
            before[tally] = before.GetValueOrDefault(tally) + count;
            if (live + count > tally.Limits.Submitted)
                yield return new Fault(
                    $"{field}{Party(tally)}", tally.Name,
                    $"at most {tally.Limits.Submitted} jobs that have not ended ({SubmitReason(tally)}); there are {live}, and this adds "
                        + $"{count}");
        }
    }

    /// <summary>Why an ended job may not live again: it would be one too many. Null: it may.</summary>
    public static string? OneTooMany(QuotaBook quotas, JobSpec spec) =>
        quotas.Of(spec).FirstOrDefault(tally => tally.Live + 1 > tally.Limits.Submitted) is { } full
        ? $"{QuotaWords.Whose(full)} may have at most {full.Limits.Submitted} jobs that have not ended ({SubmitReason(full)}), and has "
            + $"{full.Live}"
        : null;

    /// <summary>The limit that every way to meet the request exceeds by itself; null: there is a way.</summary>
    private static GpuCap? TooManyCards(Tally tally, JobSpec spec, TierConfig tier, DeviceCatalog catalog)
    {
        GpuCap? first = null;
        foreach (var wanted in spec.Request.Gpu?.Alternatives ?? [])
        {
            if (Exceeded(tally, spec, wanted, tier, catalog) is not { } cap) return null;
            first ??= cap;
        }

        return first;
    }

    /// <summary>A model that no catalog grades may be of any class the tier uses.</summary>
    private static GpuCap? Exceeded(Tally tally, JobSpec spec, GpuAlternative wanted, TierConfig tier, DeviceCatalog catalog)
    {
        var milli = Demand.Milli(wanted.Count, spec.Request);
        var classes = wanted.Model is { } model && catalog.Models.FirstOrDefault(card => card.Key == model)?.Class is { } known
            ? [known]
            : Classes(tier);
        GpuCap? first = null;
        foreach (var deviceClass in classes)
        {
            if (tally.Limits.Gpus.FirstOrDefault(cap => cap.Milli < milli && cap.Covers(deviceClass, wanted.Model ?? "")) is not { } cap)
                return null;
            first ??= cap;
        }

        return first;
    }

    private static IEnumerable<DeviceClass> Classes(TierConfig tier) =>
        tier.Classes.Concat(tier.Spill.Select(rule => rule.Class)).Where(deviceClass => deviceClass != DeviceClass.Cpu);

    private static string Party(Tally tally) => tally.Scope switch
    {
        QuotaScope.User => "user",
        QuotaScope.Project => "project",
        QuotaScope.Tier => "tier",
    };

    private static string Name(Tally tally) => tally.Scope switch
    {
        QuotaScope.User => nameof(Reason.QOSMaxGRESPerUser),
        QuotaScope.Project => nameof(Reason.AssocGrpGRES),
        QuotaScope.Tier => nameof(Reason.QOSGrpGRES),
    };

    private static string SubmitReason(Tally tally) => tally.Scope switch
    {
        QuotaScope.User => "QOSMaxSubmitJobPerUserLimit",
        QuotaScope.Project => "AssocGrpSubmitJobsLimit",
        QuotaScope.Tier => "QOSGrpSubmitJobsLimit",
    };
}
