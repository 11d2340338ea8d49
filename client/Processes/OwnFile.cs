namespace GpuScheduler.Client.Processes;

/// <summary>Files and folders that are their user's alone: what programs log may hold what a user's jobs say.</summary>
internal static class OwnFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces what the file held; one that an earlier version left open is closed.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerReadsAndWrites;
        using (var writer = new StreamWriter(path, options))
            writer.Write(text);
        Close(new FileInfo(path));
    }

    /// <summary>Takes from others what they may do with it.</summary>
    public static void Close(FileSystemInfo entry)
    {
        // A link leads to what is not ours. A folder that every account may use, such as /tmp, must stay so.
        if (OperatingSystem.IsWindows() || !entry.Exists || entry.LinkTarget is not null) return;
        var (mode, own) = (entry.UnixFileMode, entry.UnixFileMode & Owner);
        if (mode == own || (mode & UnixFileMode.StickyBit) != 0) return;
        try
        {
            entry.UnixFileMode = own;
        }
        catch (UnauthorizedAccessException)
        {
            // Another account's: that account alone can change it.
        }
    }
}
