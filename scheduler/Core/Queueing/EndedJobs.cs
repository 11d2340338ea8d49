using System.Collections.Immutable;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>How every job of the pool ever ended, for dependencies: one byte a job where numbers are dense; where they leap,
/// as after a restore, what lies between costs nothing.</summary>
internal sealed class EndedJobs
{
    private const int PageSize = 4096;
    private readonly Dictionary<long, byte[]> _pages = [];
    private readonly Dictionary<long, Dictionary<int, JobState>> _elements = [];

    /// <summary>How a job ended; null when it has not, or never was.</summary>
    public JobState? this[JobId id]
    {
        get
        {
            if (id.IsElement)
                return _elements.TryGetValue(id.Number, out var elements) && elements.TryGetValue(id.Index, out var state) ? state : null;
            var stored = _pages.TryGetValue(id.Number / PageSize, out var page) ? page[id.Number % PageSize] : 0;
            return stored == 0 ? null : (JobState)stored;
        }
    }

    /// <summary>Ended elements of an array, by index; empty for anything else.</summary>
    public IReadOnlyDictionary<int, JobState> ElementsOf(long number) =>
        _elements.TryGetValue(number, out var elements) ? elements : ImmutableDictionary<int, JobState>.Empty;

    public void Add(JobId id, JobState state)
    {
        if (!id.IsElement)
        {
            PageOf(id.Number)[id.Number % PageSize] = (byte)state;
            return;
        }

        if (!_elements.TryGetValue(id.Number, out var elements)) _elements[id.Number] = elements = [];
        elements[id.Index] = state;
    }

    public void Remove(JobId id)
    {
        if (!id.IsElement) PageOf(id.Number)[id.Number % PageSize] = 0;
        else if (_elements.TryGetValue(id.Number, out var elements)) elements.Remove(id.Index);
    }

    private byte[] PageOf(long number)
    {
        var at = number / PageSize;
        return _pages.TryGetValue(at, out var page) ? page : _pages[at] = new byte[PageSize];
    }
}
