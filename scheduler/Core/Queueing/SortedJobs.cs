using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>
/// Waiting jobs in order, in eight to sixteen bytes each: chunks of an array. A tree would take six times as much, and most jobs are
/// added at the end and taken from the front.
/// </summary>
internal sealed class SortedJobs(Ranking order)
{
    private const int Most = 512;
    private Chunk[] _chunks = [];
    private int _used;

    public int Count { get; private set; }

    public Job? First => Count == 0 ? null : _chunks[0].Jobs[0];

    public IEnumerable<Job> All
    {
        get
        {
            for (var i = 0; i < _used; i++)
            {
                for (var j = 0; j < _chunks[i].Count; j++) yield return _chunks[i].Jobs[j];
            }
        }
    }

    /// <summary>Copies so many jobs behind one, which need not be here any more; behind none: from the first on.</summary>
    public void CopyBehind(Job? last, int most, List<Job> into)
    {
        if (_used == 0) return;
        var (at, place) = last is null ? (0, 0) : PlaceOf(last);
        if (place < _chunks[at].Count && ReferenceEquals(_chunks[at].Jobs[place], last)) place++;
        for (; at < _used && into.Count < most; at++, place = 0)
        {
            var count = Math.Min(most - into.Count, _chunks[at].Count - place);
            into.AddRange(_chunks[at].Jobs.AsSpan(place, count));
        }
    }

    public void Add(Job job)
    {
        Count++;
        if (_used == 0) InsertChunk(0, new Chunk { Jobs = new Job[1] });
        var at = ChunkOf(job);
        if (_chunks[at].Count == Most) at = Split(at, job);
        ref var chunk = ref _chunks[at];
        if (chunk.Count == chunk.Jobs.Length) Array.Resize(ref chunk.Jobs, Math.Min(Most, chunk.Jobs.Length * 2));
        var place = Place(chunk, job);
        Array.Copy(chunk.Jobs, place, chunk.Jobs, place + 1, chunk.Count - place);
        chunk.Jobs[place] = job;
        chunk.Count++;
    }

    /// <summary>Takes a job out whose place has not changed since it came.</summary>
    /// <exception cref="InvalidOperationException">It is not here: what its order rests on changed while it waited.</exception>
    public void Remove(Job job)
    {
        var (at, place) = ReferenceEquals(First, job) ? (0, 0) : PlaceOf(job);
        if (at < 0 || place >= _chunks[at].Count || !ReferenceEquals(_chunks[at].Jobs[place], job))
            throw new InvalidOperationException($"job {job.Id} is not in its line");
        ref var chunk = ref _chunks[at];
        Count--;
        Array.Copy(chunk.Jobs, place + 1, chunk.Jobs, place, --chunk.Count - place);
        chunk.Jobs[chunk.Count] = null!;
        if (chunk.Count == 0) RemoveChunk(at);
    }

    private (int Chunk, int Place) PlaceOf(Job job) =>
        _used == 0 ? (-1, -1) : ChunkOf(job) is var at ? (at, Place(_chunks[at], job)) : default;

    /// <summary>The chunk in which a job belongs: the last one that doesn't begin behind it. Most jobs come to the end.</summary>
    private int ChunkOf(Job job)
    {
        var (low, high) = (0, _used - 1);
        if (_chunks[high].Count > 0 && order.Compare(_chunks[high].Jobs[0], job) <= 0) return high;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_chunks[middle].Count > 0 && order.Compare(_chunks[middle].Jobs[0], job) <= 0) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    private int Place(Chunk chunk, Job job)
    {
        if (chunk.Count > 0 && order.Compare(chunk.Jobs[chunk.Count - 1], job) < 0) return chunk.Count;
        var (low, high) = (0, chunk.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (order.Compare(chunk.Jobs[middle], job) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Makes room in a full chunk; returns the one that the job goes to. One that only grows at its end stays full.</summary>
    private int Split(int at, Job job)
    {
        var full = _chunks[at];
        if (order.Compare(full.Jobs[Most - 1], job) < 0)
        {
            if (at + 1 == _used) InsertChunk(at + 1, new Chunk { Jobs = new Job[16] });
            else if (_chunks[at + 1].Count == Most) InsertChunk(at + 1, new Chunk { Jobs = new Job[16] });
            return at + 1;
        }

        var rest = new Job[Most];
        Array.Copy(full.Jobs, Most / 2, rest, 0, Most / 2);
        Array.Clear(full.Jobs, Most / 2, Most / 2);
        _chunks[at].Count = Most / 2;
        InsertChunk(at + 1, new Chunk { Jobs = rest, Count = Most / 2 });
        return order.Compare(rest[0], job) < 0 ? at + 1 : at;
    }

    private void InsertChunk(int at, Chunk chunk)
    {
        if (_used == _chunks.Length) Array.Resize(ref _chunks, Math.Max(1, _used * 2));
        Array.Copy(_chunks, at, _chunks, at + 1, _used - at);
        _chunks[at] = chunk;
        _used++;
    }

    private void RemoveChunk(int at)
    {
        Array.Copy(_chunks, at + 1, _chunks, at, --_used - at);
        _chunks[_used] = default;
    }

    private struct Chunk
    {
        public Job[] Jobs;
        public int Count;
    }
}
