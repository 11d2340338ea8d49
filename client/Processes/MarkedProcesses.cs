using System.Globalization;
using System.Text;

namespace GpuScheduler.Client.Processes;

/// <summary>All processes that stem from one start: they carry a mark in their environment or command line, or descend from
/// one that does. Supervisors live in sessions of their own and outlive their agent, so parents alone don't tell.</summary>
internal static class MarkedProcesses
{
    public static IReadOnlyList<int> Find(string mark)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && pid != Environment.ProcessId)
            .ToList();
        var bytes = Encoding.UTF8.GetBytes(mark);
        var found = all.Where(pid => Carries(pid, "environ", bytes) || Carries(pid, "cmdline", bytes)).ToHashSet();
        while (all.Where(pid => !found.Contains(pid) && ProcessIdentity.ParentOf(pid) is { } parent && found.Contains(parent))
            .ToList() is { Count: > 0 } children)
            found.UnionWith(children);

        return [.. found.Where(pid => ProcessIdentity.Of(pid) is not null)];
    }

    /// <summary>Kills them as a power cut would: all are stopped first, so that none sees another go. Returns how many.</summary>
    public static int KillAll(string mark)
    {
        var killed = new HashSet<int>();
        while (Find(mark).Where(pid => !killed.Contains(pid)).ToList() is { Count: > 0 } found)
        {
            foreach (var pid in found)
                Posix.Signal(pid, Posix.SigStop);

            foreach (var pid in found.Concat(Find(mark)))
            {
                Posix.Signal(pid, Posix.SigKill);
                killed.Add(pid);
            }
        }

        return killed.Count;
    }

    private static bool Carries(int pid, string file, byte[] mark)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid}/{file}").AsSpan().IndexOf(mark) >= 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
