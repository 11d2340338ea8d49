using GpuScheduler.Core.Model;

namespace GpuScheduler.Storage.Documents;

/// <summary>An <see cref="ArraySpec"/> as stored: runs of consecutive indexes, because an array may have 100,000 of them.</summary>
internal sealed record ArrayDocument
{
    public IReadOnlyList<RunDocument>? Runs { get; init; }

    public int? MaxRunning { get; init; }

    public static ArrayDocument? From(ArraySpec? array) =>
        array is null ? null : new ArrayDocument { Runs = [.. RunsOf(array.Indexes)], MaxRunning = array.MaxRunning };

    public ArraySpec ToArraySpec() => new([.. (Runs ?? []).SelectMany(run => Enumerable.Range(run.First, run.Count))], MaxRunning);

    private static IEnumerable<RunDocument> RunsOf(IReadOnlyList<int> indexes)
    {
        for (var start = 0; start < indexes.Count;)
        {
            var end = start + 1;
            while (end < indexes.Count && indexes[end] == indexes[end - 1] + 1)
                end++;
            yield return new RunDocument { First = indexes[start], Count = end - start };
            start = end;
        }
    }
}

/// <summary>Consecutive indexes.</summary>
internal sealed record RunDocument
{
    public int First { get; init; }

    public int Count { get; init; }
}
