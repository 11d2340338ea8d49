using GpuScheduler.Core.Model;
using static GpuScheduler.Storage.Documents.Omitted;

namespace GpuScheduler.Storage.Documents;

/// <summary>A <see cref="ResourceRequest"/> as stored.</summary>
internal sealed record RequestDocument
{
    /// <summary>Null: no GPU.</summary>
    public IReadOnlyList<AlternativeDocument>? Gpu { get; init; }

    public bool GpuOrdered { get; init; }

    public CardShare? GpuShare { get; init; }

    public int CpuCores { get; init; }

    public long MemoryMib { get; init; }

    public IReadOnlyList<string>? Nodes { get; init; }

    public IReadOnlyList<string>? ExcludedNodes { get; init; }

    /// <summary>Nodes beyond the first.</summary>
    public int MoreNodes { get; init; }

    public bool MixedCards { get; init; }

    public bool NvLink { get; init; }

    public bool Exclusive { get; init; }

    public long SameCardAs { get; init; }

    public static RequestDocument From(ResourceRequest request) => new()
    {
        Gpu = request.Gpu?.Alternatives.Select(AlternativeDocument.From).ToArray(),
        GpuOrdered = request.Gpu?.Ordered ?? false,
        GpuShare = request.Gpu?.Share,
        CpuCores = request.CpuCores,
        MemoryMib = request.MemoryMib,
        Nodes = NullIfEmpty(request.Nodes),
        ExcludedNodes = NullIfEmpty(request.ExcludedNodes),
        MoreNodes = request.NodeCount - 1,
        MixedCards = request.MixedCards,
        NvLink = request.NvLink,
        Exclusive = request.Exclusive,
        SameCardAs = request.SameCardAs,
    };

    public ResourceRequest ToRequest() => new(
        Gpu is null ? null : new GpuRequest([.. Gpu.Select(alternative => alternative.ToAlternative())], GpuOrdered) { Share = GpuShare },
        CpuCores,
        MemoryMib,
        Nodes ?? [],
        ExcludedNodes ?? [])
    {
        NodeCount = MoreNodes + 1,
        MixedCards = MixedCards,
        NvLink = NvLink,
        Exclusive = Exclusive,
        SameCardAs = SameCardAs,
    };
}
