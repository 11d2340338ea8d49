using System.Security.Cryptography;
using System.Text;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;

namespace GpuScheduler.Worker.Execution.Groups;

/// <summary>The control group that holds one worker's attempts, each in a group inside.</summary>
internal static class GroupBase
{
    /// <summary>The group for supervisors whose own is being killed.</summary>
    public const string Shelter = "supervisors";

    private const string Probe = "probe";
    private const string EnterProbe = "echo 0 >\"$1/" + GroupFile.Members + "\"";

    /// <summary>Named after the node, for people, and after the store's folder, so that two workers, or two stores, never share
    /// one.</summary>
    public static string PathIn(string place, string folder, string node)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..8];
        return Path.Combine(place, $"gpusched-{node}-{hash}");
    }

    /// <returns>Null when groups can be made and entered here; else why not.</returns>
    public static string? Make(string place, string path)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(path, Shelter));
            CountMemory(place, path);
            return TryEnter(Directory.CreateDirectory(Path.Combine(path, Probe)).FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    /// <summary>Removes it when no attempt's group is left inside.</summary>
    public static void TryRemove(string path)
    {
        if (Directory.Exists(path) && !Attempts(path).Any())
            new AttemptGroup(path, path).TryRemove();
    }

    public static IEnumerable<(string Path, AttemptKey Key)> Attempts(string path) =>
        from inner in Directory.Exists(path) ? Directory.GetDirectories(path) : []
        let key = AttemptKey.Parse(Path.GetFileName(inner))
        where key is not null
        select (inner, key.Value);

    /// <summary>
    /// The kernel lets a group count its children's memory only while no process is in the group itself; where the agent or
    /// anybody else is, the groups hold processes together and count nothing.
    /// </summary>
    private static void CountMemory(string place, string path)
    {
        if (GroupFile.TryWrite(place, GroupFile.Enabled, "+memory"))
            GroupFile.TryWrite(path, GroupFile.Enabled, "+memory");
    }

    /// <summary>
    /// With a real process, as supervisors will do it: who may make a group may still be forbidden to move somebody there.
    /// </summary>
    private static string? TryEnter(string group)
    {
        using var nowhere = JobFile.OpenToAppend("/dev/null");
        var pid = ProcessSpawner.Spawn(new("/bin/sh", ["sh", "-c", EnterProbe, "sh", group], [], nowhere, null));
        var status = Children.Wait(pid);
        Directory.Delete(group);
        return status == 0 ? null : $"processes can't be moved to {group}";
    }
}
