namespace GpuScheduler.Worker.Housekeeping;

/// <summary>How much a folder's files hold. Links are not followed.</summary>
internal static class FolderSize
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true,
    };

    public static long Of(DirectoryInfo folder)
    {
        try
        {
            return folder.EnumerateFiles("*", Everything).Sum(file => file.Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It changes while one looks.
            return 0;
        }
    }
}
