using GpuScheduler.Common;

namespace GpuScheduler.Client.Processes;

/// <summary>Files that are their user's alone: what programs log may hold what a user's jobs say.</summary>
internal static class OwnFile
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces what the file held; one that an earlier version left open is closed.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerReadsAndWrites;
        using (var writer = new StreamWriter(path, options))
            writer.Write(text);
        OwnerAlone.Close(new FileInfo(path));
    }
}
