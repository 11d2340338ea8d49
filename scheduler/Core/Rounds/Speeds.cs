using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Rounds;

/// <summary>How fast a job runs on a kind of card, beside others: what the catalog says of the kind.</summary>
internal static class Speeds
{
    /// <summary>TFLOPS of FP16, else of FP32; 1 where nobody knows.</summary>
    public static double Of(CardKind kind, Job job)
    {
        var rates = kind.Traits.Facts.Rates;
        return (job.Spec.Request.Gpu?.Alternatives[0].Needs.Precision is { } precision ? rates.Of(precision) : null) ?? rates.Fp16 ?? rates.Fp32 ?? 1;
    }
}
