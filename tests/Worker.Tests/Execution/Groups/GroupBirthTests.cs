using System.ComponentModel;
using System.Runtime.InteropServices;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution.Groups;

/// <summary>Processes that begin inside their control group.</summary>
public sealed class GroupBirthTests : IDisposable
{
    private const int NoSuchFile = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly string _base;
    private readonly string _group;

    public GroupBirthTests()
    {
        Signals.BecomeSubreaper();
        _base = CgroupPlace.Find() is { } place ? GroupBase.PathIn(place, new(_folder.Path), "birth") : _folder.Path;
        _group = Path.Combine(_base, "1.1");
    }

    [ControlGroupFact]
    public void A_process_begins_inside_and_leads_its_own_session()
    {
        Directory.CreateDirectory(_group);
        var seen = Path.Combine(_folder.Path, "seen");

        var born = ProcessSpawner.TrySpawnIn(_group, Request("/bin/sh", seen));

        Assert.Equal(RuntimeInformation.ProcessArchitecture == Architecture.X64, born.HasValue);
        if (born is not { } pid)
            return;
        // It can be waited for, so it is a child of this process.
        Assert.Equal(0, Children.Wait(pid));
        var lines = File.ReadAllLines(seen);
        Assert.EndsWith($"/{Path.GetFileName(_base)}/1.1", lines[0], StringComparison.Ordinal);
        Assert.Equal($"{pid} {pid}", lines[1]);
    }

    [GroupBirthFact]
    public void A_program_that_is_not_there_is_said_to_be_so_and_leaves_nothing_inside()
    {
        Directory.CreateDirectory(_group);

        var fault = Assert.Throws<Win32Exception>(() => ProcessSpawner.TrySpawnIn(_group, Request("/bin/no-such-program", "/dev/null")));

        Assert.Equal(NoSuchFile, fault.NativeErrorCode);
        Assert.Empty(GroupFile.ReadMembers(_group));
    }

    [ControlGroupFact]
    public void Without_the_group_nothing_is_started() =>
        Assert.Null(ProcessSpawner.TrySpawnIn(_group, Request("/bin/sh", "/dev/null")));

    public void Dispose()
    {
        new AttemptGroup(_base, _base).TryRemove();
        _folder.Dispose();
    }

    /// <summary>Writes its group, and its number and its session's.</summary>
    private static SpawnRequest Request(string program, string output) => new(
        program,
        ["sh", "-c",
            "grep ^0:: /proc/self/cgroup; while read -r pid name state parent group session rest; do echo $pid $session; done "
                + "</proc/$$/stat"],
        ["PATH=/bin:/usr/bin"], JobFile.OpenToAppend(output), null);
}
