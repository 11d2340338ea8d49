using System.Numerics;

namespace GpuScheduler.Core.Placement;

/// <summary>Things with an amount free, found by that amount; equal amounts in a fixed order. Zero is not kept: it fits none.</summary>
internal sealed class FreeIndex<T>(Comparison<T> order)
    where T : class
{
    private const int WordBits = 64;
    private static readonly List<T> Nothing = [];
    private readonly List<List<T>> _byAmount = [];
    private readonly List<ulong> _used = [];
    private readonly Comparer<T> _order = Comparer<T>.Create(order);

    /// <summary>No thing has more free than this; it may be too high.</summary>
    public int Most => _byAmount.Count - 1;

    /// <summary>Things with exactly this amount free.</summary>
    public List<T> this[int amount] => amount < _byAmount.Count ? _byAmount[amount] : Nothing;

    /// <summary>The smallest amount from this one on that something has free; -1: nothing has as much.</summary>
    public int NextUsed(int amount)
    {
        for (var word = amount / WordBits; word < _used.Count; word++)
        {
            var bits = word == amount / WordBits ? _used[word] >> (amount % WordBits) << (amount % WordBits) : _used[word];
            if (bits != 0) return (word * WordBits) + BitOperations.TrailingZeroCount(bits);
        }

        return -1;
    }

    /// <summary>Things that have this amount free, or more; counts no further than to enough.</summary>
    public int CountFrom(int amount, int enough)
    {
        var count = 0;
        for (var at = NextUsed(amount); at >= 0 && count < enough; at = NextUsed(at + 1)) count += _byAmount[at].Count;
        return count;
    }

    /// <summary>Moves a thing from one amount to another.</summary>
    public void Move(T thing, int from, int to)
    {
        if (from == to) return;
        if (from > 0)
        {
            _byAmount[from].RemoveAt(_byAmount[from].BinarySearch(thing, _order));
            if (_byAmount[from].Count == 0) _used[from / WordBits] &= ~(1UL << (from % WordBits));
        }

        if (to <= 0) return;
        while (_byAmount.Count <= to) _byAmount.Add([]);
        while (_used.Count <= to / WordBits) _used.Add(0);
        _used[to / WordBits] |= 1UL << (to % WordBits);
        _byAmount[to].Insert(~_byAmount[to].BinarySearch(thing, _order), thing);
    }
}
