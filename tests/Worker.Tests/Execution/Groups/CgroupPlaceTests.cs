using GpuScheduler.Worker.Execution.Groups;

namespace GpuScheduler.Worker.Tests.Execution.Groups;

public sealed class CgroupPlaceTests
{
    private const string Unified = "25 21 0:22 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

    private const string Hybrid =
        "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
        + "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
        + "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

    private const string Container = "25 21 0:22 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n";

    [Theory]
    [InlineData(Unified, "0::/system.slice/gpusched-worker.service\n", "/sys/fs/cgroup/system.slice/gpusched-worker.service")]
    [InlineData(Unified, "0::/\n", "/sys/fs/cgroup")]
    [InlineData(Hybrid, "4:memory:/elsewhere\n0::/user.slice/session-3.scope\n", "/sys/fs/cgroup/unified/user.slice/session-3.scope")]
    [InlineData(Container, "0::/docker/abc\n", "/sys/fs/cgroup")]
    [InlineData(Container, "0::/docker/abc/inner\n", "/sys/fs/cgroup/inner")]
    public void The_agents_own_group_is_found(string mounts, string own, string expected) =>
        Assert.Equal(expected, CgroupPlace.Find(mounts, own));

    [Fact]
    public void Beside_a_group_for_the_agent_alone_attempts_lie_in_the_one_above() => Assert.Equal(
        "/sys/fs/cgroup/system.slice/gpusched-worker.service",
        CgroupPlace.Find(Unified, "0::/system.slice/gpusched-worker.service/gpusched-agent\n"));

    [Theory]
    [InlineData(Container, "0::/docker/other\n")]
    [InlineData("35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n", "4:memory:/\n")]
    [InlineData("35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n", "0::/\n")]
    [InlineData("", "")]
    public void Without_a_tree_that_shows_the_agent_there_is_none(string mounts, string own) =>
        Assert.Null(CgroupPlace.Find(mounts, own));
}
