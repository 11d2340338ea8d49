namespace GpuScheduler.Worker.JobFiles;

/// <summary>
/// Removes a folder in which a job could do what it liked: nested deeper than a path can say, which also is deeper than a thread's
/// stack, or closed to its own user. Links are removed, not followed.
/// </summary>
internal static class FolderRemoval
{
    /// <summary>The kernel takes paths of 4,095 bytes, of which a name may have 255.</summary>
    private const int LongPath = 1000;

    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="IOException">Not everything could be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">Not everything could be removed.</exception>
    public static void Remove(string root)
    {
        // The job may have put a link in its folder's place.
        if (new DirectoryInfo(root).LinkTarget is null)
            RemoveTree(root);
        else
            Directory.Delete(root);
    }

    private static void RemoveTree(string root)
    {
        var lifted = 0;
        var pending = new Stack<string>([root]);
        while (pending.TryPeek(out var folder))
        {
            var inner = Empty(folder);
            if (inner.Count == 0)
                Directory.Delete(pending.Pop());
            // A part that lies too deep goes on from the top, where its paths are short again.
            foreach (var path in inner)
                pending.Push(path.Length < LongPath ? path : Lift(path, $"{root}/.lifted-{lifted++}"));
        }
    }

    private static string Lift(string from, string to)
    {
        Directory.Move(from, to);
        return to;
    }

    /// <returns>The folders in it, which are left.</returns>
    private static List<string> Empty(string folder)
    {
        try
        {
            return RemoveFiles(folder);
        }
        catch (UnauthorizedAccessException)
        {
            File.SetUnixFileMode(folder, Open);
            return RemoveFiles(folder);
        }
    }

    private static List<string> RemoveFiles(string folder)
    {
        var folders = new List<string>();
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null })
                folders.Add(entry.FullName);
            else
                entry.Delete();
        }

        return folders;
    }
}
