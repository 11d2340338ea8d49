using System.Globalization;

namespace GpuScheduler.Client.Processes;

/// <summary>All processes that stem from one start: ours that were given the mark as a path, those whose environment we set to it, and
/// what descends from either. Supervisors live in sessions of their own and outlive their agent, so parents alone don't tell. A
/// user's own programs that merely look into the folder are none of them.</summary>
internal static class MarkedProcesses
{
    /// <summary>Set for a machine of the demo, and by a worker for what it starts.</summary>
    public const string MachineVariable = "GPUSCHED_DEMO_MACHINE";

    private static readonly string[] Variables = [MachineVariable, "GPUSCHED_ATTEMPT_FOLDER"];

    public static IReadOnlyList<int> Find(string mark)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && pid != Environment.ProcessId)
            .ToList();
        var found = all.Where(pid => IsMarked(Read(pid, "environ"), mark) || IsOurs(Read(pid, "cmdline"), mark)).ToHashSet();
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

    internal static bool IsMarked(string[] environment, string mark) => Variables.Any(name => environment.Any(
        entry => entry.StartsWith($"{name}={mark}", StringComparison.Ordinal)));

    internal static bool IsOurs(string[] words, string mark) =>
        words.Length > 0 && Path.GetFileName(words[0]).StartsWith(SiblingProgram.Client, StringComparison.Ordinal)
        && words.Skip(1).Any(word => word.StartsWith(mark, StringComparison.Ordinal));

    private static string[] Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
