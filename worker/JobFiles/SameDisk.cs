namespace GpuScheduler.Worker.JobFiles;

/// <summary>Tells whether a path that a job names lies on the disk of the worker's own data.</summary>
internal static class SameDisk
{
    /// <returns>False also where it can't be told: a node answers only for what is surely its own.</returns>
    /// <param name="path">Absolute; need not exist: then the nearest folder above it counts.</param>
    /// <param name="data">A folder of the worker's.</param>
    public static bool Holds(string path, string data)
    {
        try
        {
            using var own = JobFile.TryFind(data);
            return own is not null && DiskOf(PathWalk.Follow(path).End) == FileFacts.Of(own).Disk;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static (uint Major, uint Minor) DiskOf(string path)
    {
        for (var place = path; place.Length > 1; place = Path.GetDirectoryName(place) ?? "/")
        {
            using var found = JobFile.TryFind(place);
            if (found is not null)
                return FileFacts.Of(found).Disk;
        }

        using var root = JobFile.TryFind("/");
        return FileFacts.Of(root!).Disk;
    }
}
