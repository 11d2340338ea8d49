using System.Text;
using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Admission;

/// <summary>Checks paths by their form alone: whether they exist is known on the node only.</summary>
internal static class PathCheck
{
    private const string Patterns = "jAaxuN%";

    /// <summary>An absolute path, or empty.</summary>
    public static void Folder(string path, string field, FaultList faults) => faults.Require(
        path.Length == 0 || (path[0] == '/' && IsSound(path)), field, path, "an absolute path such as /data/run1");

    /// <summary>A path with patterns, relative to the working directory where it isn't absolute; or empty.</summary>
    public static void OutputPattern(string path, string field, FaultList faults)
    {
        faults.Require(IsSound(path), field, path, $"a path of at most {Limits.PathBytes} bytes, without NUL");
        for (var at = path.IndexOf('%'); at >= 0; at = at + 2 > path.Length ? -1 : path.IndexOf('%', at + 2))
        {
            if (at + 1 < path.Length && Patterns.Contains(path[at + 1])) continue;
            faults.Add(field, path, "patterns %j (job), %A (array), %a (index), %x (name), %u (user), %N (node), %% (a percent sign)");
            return;
        }
    }

    private static bool IsSound(string path) => Encoding.UTF8.GetByteCount(path) <= Limits.PathBytes && !path.Contains('\0');
}
