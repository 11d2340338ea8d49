using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>What people call formats to compute in.</summary>
public static class Precisions
{
    /// <summary>All names, for people.</summary>
    public const string Names = "fp64, fp32, tf32, fp16, bf16 or fp8";

    /// <summary>The format of a name; null: unknown.</summary>
    public static Precision? Find(string name) => name.Trim().ToUpperInvariant() switch
    {
        "FP64" => Precision.Fp64,
        "FP32" => Precision.Fp32,
        "TF32" => Precision.Tf32,
        "FP16" => Precision.Fp16,
        "BF16" => Precision.Bf16,
        "FP8" => Precision.Fp8,
        _ => null,
    };

    /// <summary>The name of a format.</summary>
    public static string NameOf(Precision precision) => precision switch
    {
        Precision.Fp64 => "fp64",
        Precision.Fp32 => "fp32",
        Precision.Tf32 => "tf32",
        Precision.Fp16 => "fp16",
        Precision.Bf16 => "bf16",
        Precision.Fp8 => "fp8",
    };
}
