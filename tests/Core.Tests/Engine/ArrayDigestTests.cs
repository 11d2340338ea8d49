using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>An array as a whole: how many elements are in which state, for which reason, and which come first.</summary>
public sealed class ArrayDigestTests
{
    private readonly TestPool _pool = new TestPool().Join(new Machine("lab").With(1, Machine.A100, 80));

    [Fact]
    public void Elements_are_counted_by_state_and_reason_with_the_first_few_of_each()
    {
        var array = _pool.Submit(Drafts.Training() with { Array = "0-9" }).Number;
        _pool.Start(new JobId(array, 0));
        _pool.End(new JobId(array, 0), EndCause.Exited, 0);
        _pool.Start(new JobId(array, 1));
        _pool.Step(new PoolInput.Hold([$"{array}_8"], "ann"));

        Assert.Equal(
            [
                "Pending Priority 6: 1_3 1_4 1_5", "Pending JobHeldUser 1: 1_8", "Pending Resources 1: 1_2", "Running  1: 1_1",
                "Completed  1: 1_0",
            ],
            Digest(array));
    }

    [Fact]
    public void They_add_up_to_the_array()
    {
        var array = _pool.Submit(Drafts.Training() with { Array = "0-99%3" }).Number;

        Assert.Equal(100, _pool.State.DigestOf(array, _pool.Now).Sum(group => group.Count));
        Assert.Contains("Pending JobArrayTaskLimit 97: 1_3 1_4 1_5", Digest(array));
    }

    [Fact]
    public void Any_other_number_has_none() => Assert.Empty(_pool.State.DigestOf(_pool.Submit(Drafts.Training()).Number, _pool.Now));

    private IEnumerable<string> Digest(long array) => _pool.State.DigestOf(array, _pool.Now).Select(
        group => $"{group.State} {group.Reason} {group.Count}: {string.Join(' ', group.First)}");
}
