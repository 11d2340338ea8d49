using GpuScheduler.Core.Model;
using static GpuScheduler.Storage.Documents.Omitted;

namespace GpuScheduler.Storage.Documents;

/// <summary>A <see cref="Device"/> as stored.</summary>
internal sealed record DeviceDocument
{
    public string? Uuid { get; init; }
    public string? Model { get; init; }
    public long MemoryMib { get; init; }
    public DeviceClass Class { get; init; }
    public ClassSource Source { get; init; }
    public string? NvLinkGroup { get; init; }
    public int? NumaNode { get; init; }
    public string? PcieSwitch { get; init; }
    public FactsDocument? Facts { get; init; }
    public MigSlice? Mig { get; init; }

    public static DeviceDocument From(Device device) => new()
    {
        Uuid = device.Uuid,
        Model = device.Model,
        MemoryMib = device.MemoryMib,
        Class = device.Class,
        Source = device.Source,
        NvLinkGroup = NullIfEmpty(device.Place.NvLinkGroup),
        NumaNode = device.Place.NumaNode,
        PcieSwitch = NullIfEmpty(device.Place.PcieSwitch),
        Facts = device.Facts == CardFacts.Unknown ? null : FactsDocument.From(device.Facts),
        Mig = device.Mig,
    };

    public Device ToDevice() => new(Uuid ?? "", Model ?? "", MemoryMib, Class, Source)
    {
        Place = new DevicePlace(NvLinkGroup ?? "", NumaNode, PcieSwitch ?? ""),
        Facts = Facts?.ToFacts() ?? CardFacts.Unknown,
        Mig = Mig,
    };
}

/// <summary>A <see cref="CardFacts"/> as stored.</summary>
internal sealed record FactsDocument
{
    public int? ComputeCapability { get; init; }
    public bool? Ecc { get; init; }
    public bool? Link { get; init; }
    public string? Driver { get; init; }
    public string? Cuda { get; init; }
    public int? Watts { get; init; }
    public int? PriceUsd { get; init; }
    public double? Fp64 { get; init; }
    public double? Fp32 { get; init; }
    public double? Tf32 { get; init; }
    public double? Fp16 { get; init; }
    public double? Bf16 { get; init; }
    public double? Fp8 { get; init; }

    public static FactsDocument From(CardFacts facts) => new()
    {
        ComputeCapability = facts.ComputeCapability,
        Ecc = facts.Ecc,
        Link = facts.Link,
        Driver = NullIfEmpty(facts.Driver),
        Cuda = NullIfEmpty(facts.Cuda),
        Watts = facts.Watts,
        PriceUsd = facts.PriceUsd,
        Fp64 = facts.Rates.Fp64,
        Fp32 = facts.Rates.Fp32,
        Tf32 = facts.Rates.Tf32,
        Fp16 = facts.Rates.Fp16,
        Bf16 = facts.Rates.Bf16,
        Fp8 = facts.Rates.Fp8,
    };

    public CardFacts ToFacts() => new()
    {
        ComputeCapability = ComputeCapability,
        Ecc = Ecc,
        Link = Link,
        Driver = Driver ?? "",
        Cuda = Cuda ?? "",
        Watts = Watts,
        PriceUsd = PriceUsd,
        Rates = new CardRates(Fp64, Fp32, Tf32, Fp16, Bf16, Fp8),
    };
}
