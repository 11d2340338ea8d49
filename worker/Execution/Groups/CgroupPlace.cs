namespace GpuScheduler.Worker.Execution.Groups;

/// <summary>Where this process stands in the machine's tree of control groups (cgroup v2), as a directory.</summary>
internal static class CgroupPlace
{
    /// <summary>
    /// The last part of the agent's own group where the service manager gave it one inside a delegated group: then the group
    /// above it is the worker's as well, and holds no process itself, which is what counting memory there takes.
    /// </summary>
    public const string AgentGroup = "gpusched-agent";

    /// <returns>The group below which attempts get theirs; null on a machine without cgroup v2.</returns>
    public static string? Find()
    {
        try
        {
            return Find(File.ReadAllText("/proc/self/mountinfo"), File.ReadAllText("/proc/self/cgroup"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static string? Find(string mountInfo, string ownGroups)
    {
        var own = Lines(ownGroups).FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal))?["0::".Length..];
        var directory = own is null ? null : Lines(mountInfo).Select(line => Below(line, own)).FirstOrDefault(found => found is not null);
        return directory is not null && Path.GetFileName(directory) == AgentGroup ? Path.GetDirectoryName(directory) : directory;
    }

    /// <summary>A container may see only a part of the tree: a mount shows what lies below its root, the line's fourth field.</summary>
    private static string? Below(string mount, string group)
    {
        var (head, tail) = Split(mount, " - ");
        var fields = head.Split(' ');
        if (fields.Length < 6 || !tail.StartsWith("cgroup2 ", StringComparison.Ordinal))
            return null;
        var (root, point) = (fields[3].TrimEnd('/'), Unescape(fields[4]));
        if (group != root && !group.StartsWith(root + "/", StringComparison.Ordinal))
            return null;
        return Path.TrimEndingDirectorySeparator(Path.Join(point, group[root.Length..]));
    }

    private static (string Head, string Tail) Split(string line, string mark)
    {
        var at = line.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (line, "") : (line[..at], line[(at + mark.Length)..]);
    }

    /// <summary>The kernel writes blanks in paths as octal numbers.</summary>
    private static string Unescape(string path) => path.Replace("\\040", " ", StringComparison.Ordinal);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
