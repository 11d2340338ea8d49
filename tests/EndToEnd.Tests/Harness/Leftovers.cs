using System.Diagnostics;
using System.Globalization;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>Finds attempts and supervisors, which live on without their worker by design.</summary>
internal static class Leftovers
{
    /// <summary>Ends every process whose environment or command line names the folder.</summary>
    public static void KillIn(string folder)
    {
        foreach (var pid in NamingFolder(folder))
        {
            try
            {
                Process.GetProcessById(pid).Kill();
            }
            catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It ended by itself meanwhile.
            }
        }
    }

    /// <summary>Removes the control groups of workers that were killed: nobody comes back to this folder to do it.</summary>
    public static void RemoveGroupsOf(string folder)
    {
        foreach (var group in
            Directory.EnumerateFiles(folder, "groups", SearchOption.AllDirectories).SelectMany(File.ReadAllLines).Where(Directory.Exists))
        {
            foreach (var part in
                Directory.EnumerateDirectories(group, "*", SearchOption.AllDirectories).Append(group)
                    .OrderByDescending(path => path.Length))
                Remove(part);
        }
    }

    public static List<int> NamingFolder(string folder) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && pid != Environment.ProcessId && (Names(pid, "environ", folder) || Names(pid, "cmdline", folder)))];

    private static void Remove(string group)
    {
        try
        {
            Directory.Delete(group);
        }
        catch (IOException)
        {
            // Its last process is just dying; an empty group harms nobody.
        }
    }

    private static bool Names(int pid, string file, string folder)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}").Contains(folder, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
