namespace GpuScheduler.Client.Commands.Demo;

/// <summary>
/// Removes the control groups that the demo's killed worker leaves behind: a worker that came back would do it, but none comes back
/// to a folder that is about to be deleted. A worker keeps a file <c>groups</c> in its data directory: a path a line, below
/// one that says whose they are.
/// </summary>
internal static class DemoGroups
{
    public static void RemoveBelow(string folder)
    {
        foreach (var group in Directory.EnumerateFiles(folder, "groups", SearchOption.AllDirectories).SelectMany(File.ReadAllLines))
        {
            if (!Directory.Exists(group)) continue;
            foreach (var part in
                Directory.EnumerateDirectories(group, "*", SearchOption.AllDirectories).Append(group)
                    .OrderByDescending(path => path.Length))
                Remove(part);
        }
    }

    private static void Remove(string group)
    {
        try
        {
            Directory.Delete(group);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // Something of it still dies; an empty group does no harm.
        }
    }
}
