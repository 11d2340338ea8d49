namespace GpuScheduler.Worker.Housekeeping;

/// <summary>How much room a folder takes. Links are not followed.</summary>
internal static class FolderSize
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true,
    };

    public static DiskRoom Of(DirectoryInfo folder)
    {
        try
        {
            var (bytes, entries) = (0L, 1L);
            foreach (var entry in folder.EnumerateFileSystemInfos("*", Everything))
            {
                entries++;
                if (entry is FileInfo file) bytes += file.Length;
            }

            return new(bytes, entries);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It changes while one looks.
            return default;
        }
    }
}
