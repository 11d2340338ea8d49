using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Tests.Fixture;
using Microsoft.Extensions.Logging.Abstractions;

namespace GpuScheduler.Worker.Tests.Execution.Groups;

/// <summary>An attempt's supervisor is reaped at the end, whether or not the attempt's group counts its memory.</summary>
public sealed class SupervisorReleaseTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("3145729", 4L)]
    [InlineData(null, null)]
    public async Task No_zombie_stays_behind(string? peakOfTheGroup, long? expectedMib)
    {
        using var folder = new TemporaryFolder();
        if (peakOfTheGroup is not null)
            folder.File(GroupFile.MemoryPeak, peakOfTheGroup + "\n");
        using var groups = new AttemptGroups(
            CgroupChoice.Off, limitMemory: false, folder.Path, "lab", TimeProvider.System, NullLogger<AttemptGroups>.Instance);
        var processes = new AttemptProcesses(groups, new Orphans(), TimeProvider.System, NullLogger<AttemptProcesses>.Instance);
        var supervisor = processes.Bear(() => Started(new AttemptGroup(folder.Path, folder.Path)));

        var usage = await processes.ReleaseAsync(supervisor, Patience, CancellationToken.None);

        Assert.Equal(expectedMib, usage.PeakMemoryMib);
        Assert.Null(ProcessStat.Read(supervisor.Process.Pid));
    }

    /// <summary>One that ends at once and uses less memory than this process has.</summary>
    private static Supervisor Started(AttemptGroup group)
    {
        var pid = ProcessSpawner.Spawn(new("/bin/true", ["true"], [], JobFile.OpenToAppend("/dev/null"), null));
        return new(ProcessStat.Gone(pid), LaunchedHere: true, group, Children.OwnPeakKib());
    }
}
