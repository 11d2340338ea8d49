using GpuScheduler.Worker.Execution;

namespace GpuScheduler.Worker.Housekeeping;

/// <summary>The folder of an ended attempt.</summary>
internal sealed record KeptAttempt(AttemptFolder Folder, DateTimeOffset Since, long Bytes);

/// <summary>Folders of ended attempts, oldest first, and how much they hold.</summary>
internal sealed class AttemptShelf
{
    private readonly Queue<KeptAttempt> _kept = new();

    public int Count => _kept.Count;

    public long Bytes { get; private set; }

    public void Add(KeptAttempt kept)
    {
        _kept.Enqueue(kept);
        Bytes += kept.Bytes;
    }

    /// <returns>Null when none is left, or the oldest must stay.</returns>
    public KeptAttempt? TakeOldest(Func<KeptAttempt, bool> mayGo)
    {
        if (!_kept.TryPeek(out var oldest) || !mayGo(oldest))
            return null;
        Bytes -= oldest.Bytes;
        return _kept.Dequeue();
    }
}
