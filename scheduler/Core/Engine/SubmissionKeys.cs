using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine;

/// <summary>Idempotency keys of recent submissions: a repeat gets the first one's answer.</summary>
internal sealed class SubmissionKeys
{
    /// <summary>As many as a store remembers.</summary>
    public const int Most = 100_000;

    private readonly Dictionary<string, StoredKey> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();

    public StoredKey? Find(string key) => key.Length == 0 ? null : _known.GetValueOrDefault(key);

    public void Add(StoredKey key)
    {
        if (key.Key.Length == 0 || !_known.TryAdd(key.Key, key)) return;
        _oldestFirst.Enqueue(key.Key);
        if (_oldestFirst.Count > Most) _known.Remove(_oldestFirst.Dequeue());
    }
}
