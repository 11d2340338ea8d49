namespace GpuScheduler.Grains.Pools;

/// <summary>
/// Lets people's costly questions share a small part of the pool's time: one after the other, in the order they came, with a pause
/// after each that is as long as it took many times over. Used on the pool's own turns only, so it needs no lock.
/// </summary>
internal sealed class CostlyLooks(TimeProvider clock)
{
    /// <summary>Of the pool's time a look may take one part in so many.</summary>
    private const int Parts = 10;

    /// <summary>Time of others that is saved up while there are no questions: the first few after a while need not wait for one
    /// another.</summary>
    private static readonly TimeSpan Saved = TimeSpan.FromSeconds(1);

    private readonly LinkedList<TaskCompletionSource> _line = new();
    private long _nextAt = long.MinValue;
    private TimeSpan _lastTook;
    private bool _busy;

    /// <summary>A caller that would wait longer is told to come again.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Looks when it is its turn.</summary>
    /// <param name="read">Has something done between two cycles.</param>
    /// <param name="look">What takes long.</param>
    /// <returns>What was seen; or, where that would take too long, when to come again.</returns>
    public async Task<(T? Seen, TimeSpan? ComeAgainIn)> Run<T>(Func<Func<T?>, Task<T?>> read, Func<T?> look)
        where T : class
    {
        if (!await MyTurn()) return (null, Expected());
        try
        {
            return (await read(() => Timed(look)), null);
        }
        finally
        {
            Next();
        }
    }

    private T? Timed<T>(Func<T?> look)
    {
        var started = clock.GetTimestamp();
        var seen = look();
        _lastTook = clock.GetElapsedTime(started);
        _nextAt = Math.Max(_nextAt, started - Stamps(Saved)) + Stamps(Parts * _lastTook);
        return seen;
    }

    private long Stamps(TimeSpan span) => (long)(span.TotalSeconds * clock.TimestampFrequency);

    private async Task<bool> MyTurn()
    {
        var asked = clock.GetTimestamp();
        if (_busy || _line.Count > 0)
        {
            var place = _line.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (!await Called(place)) return false;
        }

        _busy = true;
        var pause = Pause();
        if (clock.GetElapsedTime(asked) + pause > LongestWait)
        {
            Next();
            return false;
        }

        if (pause > TimeSpan.Zero) await Task.Delay(pause, clock);
        return true;
    }

    private async Task<bool> Called(LinkedListNode<TaskCompletionSource> place)
    {
        try
        {
            await place.Value.Task.WaitAsync(LongestWait, clock);
            return true;
        }
        catch (TimeoutException)
        {
            // It was called in the very moment in which it gave up: the turn passes on.
            if (place.List is null) Next();
            else _line.Remove(place);
            return false;
        }
    }

    /// <summary>The turn passes on.</summary>
    private void Next()
    {
        _busy = _line.First is not null;
        if (_line.First is not { } first) return;
        _line.RemoveFirst();
        first.Value.SetResult();
    }

    private TimeSpan Pause()
    {
        var now = clock.GetTimestamp();
        return _nextAt <= now ? TimeSpan.Zero : TimeSpan.FromSeconds((double)(_nextAt - now) / clock.TimestampFrequency);
    }

    /// <summary>When those who stand in line will have been served, as far as the last look tells.</summary>
    private TimeSpan Expected() => Pause() + ((_line.Count + 1) * Parts * _lastTook);
}
