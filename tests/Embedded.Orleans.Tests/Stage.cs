namespace GpuScheduler.Embedded.Orleans.Tests;

/// <summary>Where a test and its grains meet: grains note what they do and wait at gates; the test watches and opens them.</summary>
/// <remarks>A service of the silo rather than an argument of calls, because arguments are messages.</remarks>
public sealed class Stage
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly List<string> _notes = [];
    private readonly Dictionary<string, TaskCompletionSource> _gates = [];
    private readonly List<(string Note, int Times, TaskCompletionSource Seen)> _watchers = [];

    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_lock)
            {
                return [.. _notes];
            }
        }
    }

    public void Note(string note)
    {
        lock (_lock)
        {
            _notes.Add(note);
            foreach (var watcher in _watchers.Where(watcher => Count_NeedsLock(watcher.Note) >= watcher.Times))
                watcher.Seen.TrySetResult();
        }
    }

    /// <summary>Waits at a gate until the test opens it; an open gate stays open.</summary>
    public Task Gate(string name)
    {
        lock (_lock)
        {
            return Gate_NeedsLock(name).Task;
        }
    }

    public void Open(string name)
    {
        lock (_lock)
        {
            Gate_NeedsLock(name).TrySetResult();
        }
    }

    /// <summary>Waits until a note has been made so many times; fails with what was noted instead.</summary>
    public async Task Until(string note, int times = 1)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (Count_NeedsLock(note) >= times)
                return;
            _watchers.Add((note, times, seen));
        }

        try
        {
            await seen.Task.WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'{note}' was not noted {times} time(s); noted: {string.Join(", ", Notes)}.");
        }
    }

    private int Count_NeedsLock(string note) => _notes.Count(noted => noted == note);

    private TaskCompletionSource Gate_NeedsLock(string name)
    {
        if (!_gates.TryGetValue(name, out var gate))
            _gates[name] = gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return gate;
    }
}
