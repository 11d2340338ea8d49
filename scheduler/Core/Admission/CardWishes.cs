using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Lays the flags that speak of all cards (<c>--precision</c>, <c>--min-driver</c>, <c>--min-cuda</c>) over a GPU expression,
/// and refuses what no card of the models named could ever be.</summary>
internal static class CardWishes
{
    /// <summary>The request with the flags' conditions in each alternative. Adds what is wrong to <paramref name="faults"/>.</summary>
    public static GpuRequest? Apply(JobDraft draft, GpuRequest? gpu, bool gpuFailed, DeviceCatalog catalog, FaultList faults)
    {
        var wishes = Read(draft, faults);
        if (gpu is null)
        {
            if (!gpuFailed) RefuseWithoutCards(draft, faults);
            return null;
        }

        var before = faults.All.Count;
        var merged = gpu with { Alternatives = [.. gpu.Alternatives.Select(one => Merge(one, wishes, draft, faults)).Distinct()] };
        if (faults.All.Count == before) RefuseImpossible(draft, merged, catalog, faults);
        return merged;
    }

    private static CardNeeds Read(JobDraft draft, FaultList faults)
    {
        var precision = Precisions.Find(draft.Precision);
        faults.Require(precision is not null || IsEmpty(draft.Precision), "precision", draft.Precision, Precisions.Names);
        return new CardNeeds
        {
            Precision = precision,
            MinDriver = ReadVersion(draft.MinDriver, "min-driver", "a driver's version, such as 535 or 535.104.05", faults),
            MinCuda = ReadVersion(draft.MinCuda, "min-cuda", "a CUDA version, such as 12.4", faults),
        };
    }

    private static DottedVersion? ReadVersion(string text, string field, string allowed, FaultList faults)
    {
        if (IsEmpty(text)) return null;
        if (DottedVersion.TryParse(text.Trim(), out var version)) return version;
        faults.Add(field, text, allowed);
        return null;
    }

    private static void RefuseWithoutCards(JobDraft draft, FaultList faults)
    {
        const string allowed = "only for jobs with cards: add --gpus";
        faults.Require(IsEmpty(draft.Precision), "precision", draft.Precision, allowed);
        faults.Require(IsEmpty(draft.MinDriver), "min-driver", draft.MinDriver, allowed);
        faults.Require(IsEmpty(draft.MinCuda), "min-cuda", draft.MinCuda, allowed);
        faults.Require(IsEmpty(draft.MemoryPerGpu), "mem-per-gpu", draft.MemoryPerGpu, allowed);
        faults.Require(IsEmpty(draft.GpuShare), "gpu-share", draft.GpuShare, allowed);
        faults.Require(!draft.SameCard, "same-card", "true", allowed);
    }

    private static GpuAlternative Merge(GpuAlternative one, CardNeeds wishes, JobDraft draft, FaultList faults)
    {
        if (wishes == CardNeeds.None) return one;
        var needs = one.Needs;
        Agree(needs.Precision, wishes.Precision, "precision", draft.Precision, faults, precision => Precisions.NameOf(precision));
        Agree(needs.MinDriver, wishes.MinDriver, "min-driver", draft.MinDriver, faults, version => $"driver>={version}");
        Agree(needs.MinCuda, wishes.MinCuda, "min-cuda", draft.MinCuda, faults, version => $"cuda>={version}");
        return one with
        {
            Needs = needs with
            {
                Precision = needs.Precision ?? wishes.Precision,
                MinDriver = needs.MinDriver ?? wishes.MinDriver,
                MinCuda = needs.MinCuda ?? wishes.MinCuda,
            },
        };
    }

    private static void Agree<T>(T? said, T? wished, string field, string value, FaultList faults, Func<T, string> text)
        where T : struct
    {
        if (said is { } before && wished is { } also && !before.Equals(also))
            faults.Add(field, value, $"the same as in the GPU expression, which says {text(before)}");
    }

    /// <summary>When every alternative names a model that the catalog knows, and none of them can do it, waiting would be in vain
    /// in any pool.</summary>
    private static void RefuseImpossible(JobDraft draft, GpuRequest gpu, DeviceCatalog catalog, FaultList faults)
    {
        var reasons = gpu.Alternatives.Select(one => Contradiction(one, catalog)).ToList();
        if (reasons.TrueForAll(reason => reason is not null)) faults.Add("gpus", draft.Gpus, string.Join("; ", reasons.Distinct()));
    }

    private static string? Contradiction(GpuAlternative one, DeviceCatalog catalog)
    {
        var forms = one.Model is null ? [] : catalog.Models.Where(model => model.Key == one.Model).ToList();
        var hardware = one.Needs with { Ecc = false };
        if (forms.Count == 0 || forms.Exists(form => CardFit.OfHardware(hardware, FactsFinder.Of(form)) is null)) return null;
        return CardFit.OfHardware(hardware with { Precision = null }, FactsFinder.Of(forms[0])) is not null
            ? $"{one.Model} has {CapabilityOf(forms[0])}: never what is asked for"
            : $"{one.Model} never computes {Precisions.NameOf(one.Needs.Precision!.Value)} at a useful rate: another model, or another "
                + "precision";
    }

    private static string CapabilityOf(DeviceModel model) => model.ComputeCapability is { } capability
        ? $"compute capability {GpuCondition.Capability(capability)}"
        : "no CUDA compute capability";

    private static bool IsEmpty(string text) => text.Trim().Length == 0;
}
