using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Kinds of card that a pool has ever seen. Only grows.</summary>
internal sealed class CardKinds
{
    private readonly Dictionary<KindKey, CardKind> _known = [];
    private readonly List<CardKind> _inOrder = [];

    /// <summary>In order of first sight.</summary>
    public IReadOnlyList<CardKind> All => _inOrder;

    /// <summary>A card's kind; made when first asked for.</summary>
    public CardKind Of(Device device)
    {
        var key = KindKey.Of(device);
        if (_known.TryGetValue(key, out var kind)) return kind;
        _known[key] = kind = new CardKind(key);
        _inOrder.Add(kind);
        return kind;
    }
}
