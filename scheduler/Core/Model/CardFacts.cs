namespace GpuScheduler.Core.Model;

/// <summary>A format in which a job computes.</summary>
public enum Precision
{
    /// <summary>Double precision.</summary>
    Fp64 = 1,

    /// <summary>Single precision; every card computes it.</summary>
    Fp32 = 2,

    /// <summary>TensorFloat-32, on matrix units.</summary>
    Tf32 = 3,

    /// <summary>Half precision.</summary>
    Fp16 = 4,

    /// <summary>bfloat16.</summary>
    Bf16 = 5,

    /// <summary>Eight-bit floats, on matrix units.</summary>
    Fp8 = 6,
}

/// <summary>What is known of a card beyond model and memory: what its worker announced, else what the catalog says.
/// An unknown fact meets no condition.</summary>
public sealed record CardFacts
{
    /// <summary>Nothing is known.</summary>
    public static CardFacts Unknown { get; } = new();

    /// <summary>CUDA compute capability times ten (80 for 8.0); null: unknown, or another vendor's card.</summary>
    public int? ComputeCapability { get; init; }

    /// <summary>Memory errors are corrected; null: unknown.</summary>
    public bool? Ecc { get; init; }

    /// <summary>It has a direct link to peers, such as NVLink; null: unknown.</summary>
    public bool? Link { get; init; }

    /// <summary>Version of the driver, such as <c>535.104.05</c>; empty: unknown.</summary>
    public string Driver { get; init; } = "";

    /// <summary>Newest CUDA version that the driver supports, such as <c>12.4</c>; empty: unknown.</summary>
    public string Cuda { get; init; } = "";

    /// <summary>Most that it draws: its power limit, W; null: unknown.</summary>
    public int? Watts { get; init; }

    /// <summary>Price at launch, USD; null: unknown.</summary>
    public int? PriceUsd { get; init; }

    /// <summary>How fast it computes.</summary>
    public CardRates Rates { get; init; }
}

/// <summary>Peaks in TFLOPS, as <c>Devices/Tables</c> has them; null: unknown, or it can't.</summary>
public readonly record struct CardRates(double? Fp64, double? Fp32, double? Tf32, double? Fp16, double? Bf16, double? Fp8)
{
    /// <summary>The peak in one format.</summary>
    public double? Of(Precision precision) => precision switch
    {
        Precision.Fp64 => Fp64,
        Precision.Fp32 => Fp32,
        Precision.Tf32 => Tf32,
        Precision.Fp16 => Fp16,
        Precision.Bf16 => Bf16,
        Precision.Fp8 => Fp8,
    };
}

/// <summary>What a card must have besides model and memory.</summary>
public sealed record CardNeeds
{
    /// <summary>Any card does.</summary>
    public static CardNeeds None { get; } = new();

    /// <summary>Least compute capability times ten; null: any.</summary>
    public int? MinCapability { get; init; }

    /// <summary>Highest compute capability times ten; null: any.</summary>
    public int? MaxCapability { get; init; }

    /// <summary>Memory errors must be corrected.</summary>
    public bool Ecc { get; init; }

    /// <summary>What it must compute at a useful rate; null: whatever it computes.</summary>
    public Precision? Precision { get; init; }

    /// <summary>Oldest driver; null: any.</summary>
    public DottedVersion? MinDriver { get; init; }

    /// <summary>CUDA version that the driver must at least support; null: any.</summary>
    public DottedVersion? MinCuda { get; init; }
}

/// <summary>A part of a card that its driver has cut off as a device of its own (NVIDIA's multi-instance GPU).</summary>
/// <param name="Profile">Lower case, such as <c>1g.10gb</c>.</param>
/// <param name="Parent">Uuid of the card.</param>
public sealed record MigSlice(string Profile, string Parent);
