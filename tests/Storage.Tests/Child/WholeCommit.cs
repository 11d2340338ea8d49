using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Tests.Generators;

namespace GpuScheduler.Storage.Tests.Child;

/// <summary>Commits whose parts, in several tables, must be there together or not at all.</summary>
internal static class WholeCommit
{
    private const int Elements = 3;

    /// <summary>A job number's submission, its key, and a node that counts the commits.</summary>
    public static IReadOnlyList<StoreChange> Make(long number) =>
    [
        Sample.Array(number, Elements) with { IdempotencyKey = $"key-{number}" },
        new StoreChange.NodeSaved(new Node(new NodeId("counter")) { DurableSequence = number }),
    ];

    /// <summary>Fails unless the pool holds commits 1 … n, whole; returns n.</summary>
    public static long AssertWhole(StoredPool pool)
    {
        var last = pool.NextJobNumber - 1;
        Assert.Equal(last, pool.Nodes.SingleOrDefault()?.DurableSequence ?? 0);
        Assert.Equal(last, pool.Keys.Count);
        var expected = Enumerable.Range(1, (int)last).SelectMany(
            number => Enumerable.Range(0, Elements).Select(index => new JobId(number, index)));
        Assert.Equal(expected, pool.Jobs.Select(job => job.Id));
        return last;
    }
}
