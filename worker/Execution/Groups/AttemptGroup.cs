using System.Globalization;
using System.Runtime.InteropServices;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution.Groups;

/// <summary>
/// One attempt's control group: the supervisor enters it before it starts the job, so whatever the job starts is born in it
/// and can't leave by detaching itself, a session of its own or an empty environment.
/// </summary>
/// <param name="shelter">Where a supervisor goes when its group is killed: it has yet to write down how the job ended.</param>
internal sealed class AttemptGroup(string path, string shelter)
{
    public string Path => path;

    /// <summary>Also those in groups that the job itself has made inside.</summary>
    public IReadOnlyList<int> Members() => [.. Subtree(path).SelectMany(GroupFile.ReadMembers)];

    public IEnumerable<int> OthersThan(Supervisor supervisor) => Members().Where(pid => !supervisor.Is(pid));

    /// <summary>Kills everything but the supervisor, so that no process can slip through by starting another one meanwhile.</summary>
    public void Kill(Supervisor supervisor)
    {
        var members = Members();
        var others = members.Where(pid => !supervisor.Is(pid)).ToList();
        // Alone in it, a supervisor may be about to start its job, which must begin inside the group.
        if (others.Count == 0)
            return;
        var sheltered = others.Count == members.Count
            || GroupFile.TryWrite(shelter, GroupFile.Members, supervisor.Process.Pid.ToString(CultureInfo.InvariantCulture))
            || !supervisor.Process.IsAlive();
        if (sheltered && GroupFile.TryWrite(path, GroupFile.Kill, "1"))
            return;
        // Kernels before 5.14: one after the other, again and again until the caller finds none.
        others.ForEach(pid => Signals.Send(pid, Signals.Kill));
    }

    /// <returns>True when it is gone; false while a process is in it.</returns>
    public bool TryRemove() => TryRemove(path) || Subtree(path).Reverse().All(TryRemove);

    /// <returns>In MiB, rounded up; null where the group's memory isn't counted.</returns>
    public long? PeakMemoryMib() =>
        long.TryParse(GroupFile.Read(path, GroupFile.MemoryPeak), CultureInfo.InvariantCulture, out var bytes)
            ? (bytes + (1 << 20) - 1) >> 20
            : null;

    /// <returns>How many of its processes the kernel has killed for want of memory; null where that isn't counted.</returns>
    public long? OutOfMemoryKills()
    {
        const string counter = "oom_kill ";
        var line = GroupFile.Read(path, GroupFile.MemoryEvents)?.Split('\n').FirstOrDefault(
            text => text.StartsWith(counter, StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.AsSpan(counter.Length), CultureInfo.InvariantCulture);
    }

    private static bool TryRemove(string group) =>
        LibC.rmdir(group) == 0 || Marshal.GetLastPInvokeError() == LibC.NoSuchFile;

    /// <summary>The group before those inside it.</summary>
    private static IEnumerable<string> Subtree(string root)
    {
        if (!Directory.Exists(root))
            return [];
        try
        {
            return Directory.GetDirectories(root).SelectMany(Subtree).Prepend(root);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
