using GpuScheduler.Client.Processes;

namespace GpuScheduler.Client.Tests;

/// <summary>What a demo ends at its end, and what it must not.</summary>
public sealed class MarkedProcessTests
{
    private const string Folder = "/tmp/gpusched-demo-1";

    [Theory]
    [InlineData("GPUSCHED_DEMO_MACHINE=/tmp/gpusched-demo-1/lab", true)]
    [InlineData("GPUSCHED_ATTEMPT_FOLDER=/tmp/gpusched-demo-1/lab/attempts/1.1", true)]
    [InlineData("PWD=/tmp/gpusched-demo-1", false)]
    [InlineData("OLDPWD=/tmp/gpusched-demo-1/lab", false)]
    public void Only_variables_that_we_set_count(string entry, bool isMarked) =>
        Assert.Equal(isMarked, MarkedProcesses.IsMarked(["PATH=/bin", entry], Folder));

    [Theory]
    [InlineData("/opt/bin/gpusched-worker --data /tmp/gpusched-demo-1/lab", true)]
    [InlineData("/opt/bin/gpusched __detach /tmp/gpusched-demo-1/w.log x", true)]
    [InlineData("tail -f /tmp/gpusched-demo-1/scheduler.log", false)]
    [InlineData("vim /tmp/gpusched-demo-1/pool.yaml", false)]
    [InlineData("/opt/bin/gpusched queue", false)]
    public void Only_programs_of_ours_count_by_their_words(string line, bool isOurs) =>
        Assert.Equal(isOurs, MarkedProcesses.IsOurs(line.Split(' '), Folder));
}
