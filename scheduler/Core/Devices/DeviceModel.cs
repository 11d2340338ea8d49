using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Devices;

/// <summary>
/// What is known of a kind of card beyond what its driver says. Figures are the vendor's peaks for dense matrices; null where the
/// vendor publishes none, or the card can't: an unknown figure is never a zero.
/// </summary>
public sealed record DeviceModel
{
    /// <summary>Upper case, as requests name it: <c>A100</c>, <c>RTX4090</c>, <c>RTX2080TI</c>. Forms of one model share it.</summary>
    public required string Key { get; init; }

    /// <summary>Form of the model (<c>SXM4</c>, <c>PCIE</c>, <c>NVL</c>); empty where there is one only.</summary>
    public string Form { get; init; } = "";

    /// <summary>The grade.</summary>
    public required DeviceClass Class { get; init; }

    /// <summary>The vendor's name of the generation, such as <c>Ampere</c>.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>CUDA compute capability times ten (80 for 8.0); null for other vendors.</summary>
    public int? ComputeCapability { get; init; }

    /// <summary>Nominal memory in MiB; null where it is the machine's.</summary>
    public long? MemoryMib { get; init; }

    /// <summary>Memory bandwidth, GB/s.</summary>
    public double? BandwidthGbs { get; init; }

    /// <summary>FP64 without tensor cores, TFLOPS.</summary>
    public double? Fp64 { get; init; }

    /// <summary>FP32 without tensor cores, TFLOPS.</summary>
    public double? Fp32 { get; init; }

    /// <summary>TF32 on tensor cores, TFLOPS.</summary>
    public double? Tf32 { get; init; }

    /// <summary>FP16 with FP32 accumulation, on tensor cores where there are any, TFLOPS.</summary>
    public double? Fp16 { get; init; }

    /// <summary>BF16 with FP32 accumulation, TFLOPS.</summary>
    public double? Bf16 { get; init; }

    /// <summary>FP8 with FP32 accumulation, TFLOPS.</summary>
    public double? Fp8 { get; init; }

    /// <summary>Memory errors are detected and corrected.</summary>
    public bool Ecc { get; init; }

    /// <summary>A direct link to peers (NVLink, Infinity Fabric), GB/s both directions together; null: none.</summary>
    public double? LinkGbs { get; init; }

    /// <summary>PCIe generation of the connector.</summary>
    public int? PcieGeneration { get; init; }

    /// <summary>Power limit as shipped, W.</summary>
    public int? TdpWatts { get; init; }

    /// <summary>Slots of a machine that it covers; null for modules without a slot.</summary>
    public int? Slots { get; init; }

    /// <summary>Price at launch, USD; null where none was published.</summary>
    public int? LaunchPriceUsd { get; init; }
}
