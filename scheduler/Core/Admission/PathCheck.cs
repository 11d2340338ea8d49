using System.Text;
using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Admission;

/// <summary>Checks paths by their form alone: whether they exist is known on the node only.</summary>
internal static class PathCheck
{
    private const string Patterns = "jAaxuN%";

    /// <summary>What a file's or a folder's name may have on Linux.</summary>
    private const int NameBytes = 255;

    /// <summary>Everything else below /proc and /dev is an open file or a device of the worker that would open it.</summary>
    private static readonly string[] Harmless = ["null", "shm"];

    /// <summary>An absolute path, or empty.</summary>
    public static void Folder(string path, string field, FaultList faults) => faults.Require(
        path.Length == 0 || (path[0] == '/' && IsSound(path) && LongestName(path) <= NameBytes), field, path,
        $"an absolute path such as /data/run1, of names of at most {NameBytes} bytes");

    /// <summary>A path with patterns, relative to the working directory where it isn't absolute; or empty.</summary>
    public static void OutputPattern(string path, string workingDirectory, string field, FaultList faults)
    {
        if (path.Length == 0) return;
        faults.Require(
            !IsSound(path) || LongestName(path) <= NameBytes, field, path,
            $"a path whose directories' and file's names have at most {NameBytes} bytes each");
        faults.Require(
            !IsOfTheSystem($"{(path[0] == '/' ? "" : workingDirectory)}/{path}"), field, path,
            "a file outside /proc and /dev, or /dev/null");
        faults.Require(IsSound(path), field, path, $"a path of at most {Limits.PathBytes} bytes, without NUL");
        for (var at = path.IndexOf('%'); at >= 0; at = at + 2 > path.Length ? -1 : path.IndexOf('%', at + 2))
        {
            if (at + 1 < path.Length && Patterns.Contains(path[at + 1])) continue;
            faults.Add(field, path, "patterns %j (job), %A (array), %a (index), %x (name), %u (user), %N (node), %% (a percent sign)");
            return;
        }
    }

    /// <summary>In bytes; a pattern counts as one, for it stands for at least that.</summary>
    private static int LongestName(string path) =>
        path.Split('/').Max(name => Encoding.UTF8.GetByteCount(name) - name.Replace("%%", "%_").Count(sign => sign == '%'));

    /// <summary>Links are known on the node only.</summary>
    private static bool IsOfTheSystem(string path)
    {
        var names = new List<string>();
        foreach (var name in path.Split('/').Where(name => name is not ("" or ".")))
        {
            if (name != "..") names.Add(name);
            else if (names.Count > 0) names.RemoveAt(names.Count - 1);
            if (names is ["proc", _] || (names is ["dev", var entry] && !Harmless.Contains(entry))) return true;
        }
        return false;
    }

    private static bool IsSound(string path) => Encoding.UTF8.GetByteCount(path) <= Limits.PathBytes && !path.Contains('\0');
}
