using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Devices;

/// <summary>
/// Which cards compute what at a useful rate. NVIDIA's are judged by compute capability, so that cards which no table has are judged
/// too. Sources: the data type matrix of NVIDIA Transformer Engine (BF16 from 8.0, FP8 from 8.9), the support matrix of TensorRT-RTX
/// (no BF16 and no FP8 for 7.5, no FP8 for 8.6), and the table of arithmetic throughput in NVIDIA's CUDA programming guide, from which
/// FP64 counts where a multiprocessor does at least a quarter of its FP32 rate, and FP16 where it does at least its FP32 rate.
/// Other vendors' cards are judged by the catalog's figures.
/// </summary>
public static class PrecisionSupport
{
    private const int Ampere = 80;
    private const int Ada = 89;

    /// <summary>FP64 of the other chips is a thirty-second of FP32 or less.</summary>
    private static readonly int[] FullFp64 = [35, 37, 60, 70, 72, 80, 90, 100];

    /// <summary>False also for a card of which nothing is known, but for FP32, which every card computes.</summary>
    public static bool Has(CardFacts facts, Precision precision) => precision == Precision.Fp32
        || (facts.ComputeCapability is { } capability ? ByCapability(capability, precision) : ByFigures(facts.Rates, precision));

    private static bool ByCapability(int capability, Precision precision) => precision switch
    {
        Precision.Fp64 => FullFp64.Contains(capability),
        Precision.Fp32 => true,
        Precision.Tf32 or Precision.Bf16 => capability >= Ampere,
        Precision.Fp16 => capability >= 70 || capability is 53 or 60 or 62,
        Precision.Fp8 => capability >= Ada,
    };

    private static bool ByFigures(CardRates rates, Precision precision) =>
        precision == Precision.Fp64 ? rates.Fp64 * 4 >= rates.Fp32 : rates.Of(precision) is not null;
}
