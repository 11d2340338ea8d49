using GpuScheduler.Worker.CommandLine;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>Whether this machine lets the tests make control groups, and finding those of a worker.</summary>
internal static class ControlGroups
{
    private static readonly Lazy<bool> Usable = new(Try);

    public static bool AreWritable => Usable.Value;

    public static WorkerOptions Without(WorkerOptions options) => options with { Groups = CgroupChoice.Off };

    public static string BaseOf(DataDirectory data) => GroupBase.PathIn(CgroupPlace.Find()!, data.Root, "node-a");

    /// <summary>The group's name, as the process itself is told; null for one that is gone.</summary>
    public static string? Of(int pid)
    {
        try
        {
            return ProcessStat.Read(pid) is null
                ? null
                : File.ReadLines($"/proc/{pid}/cgroup").First(line => line.StartsWith("0::", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A killed agent leaves its groups to the next one on its data; in a test there may be none.</summary>
    public static void Remove(DataDirectory data)
    {
        if (!Usable.Value)
            return;
        var place = BaseOf(data);
        Assert.True(SpinWait.SpinUntil(() => TryRemove(place), TimeSpan.FromSeconds(10)), $"{place} could not be emptied");
    }

    private static bool TryRemove(string place)
    {
        foreach (var (path, _) in GroupBase.Attempts(place).ToList())
        {
            GroupFile.TryWrite(path, GroupFile.Kill, "1");
            new AttemptGroup(path, path).TryRemove();
        }

        GroupBase.TryRemove(place);
        return !Directory.Exists(place);
    }

    private static bool Try()
    {
        using var folder = new TemporaryFolder();
        if (CgroupPlace.Find() is not { } place)
            return false;
        var path = GroupBase.PathIn(place, folder.Path, "probe");
        var isUsable = GroupBase.Make(place, path) is null;
        GroupBase.TryRemove(path);
        return isUsable;
    }
}
