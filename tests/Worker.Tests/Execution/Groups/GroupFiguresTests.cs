using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution.Groups;

/// <summary>What the kernel says in a group's files; ordinary files stand for them, as not every machine counts memory.</summary>
public sealed class GroupFiguresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Peak_memory_and_kills_are_read_where_memory_is_counted()
    {
        _folder.File("memory.peak", $"{(300L << 20) + 1}\n");
        _folder.File("memory.events", "low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 0\n");

        Assert.Equal((301L, 2L), (Group.PeakMemoryMib(), Group.OutOfMemoryKills()));
    }

    [Fact]
    public void Where_memory_is_not_counted_nothing_is_claimed() =>
        Assert.Equal((null, null), (Group.PeakMemoryMib(), Group.OutOfMemoryKills()));

    private AttemptGroup Group => new(_folder.Path, _folder.Path);
}
