namespace GpuScheduler.Storage.Sqlite;

/// <summary>One name for one file, so that two ways to write a path meet the same lock.</summary>
internal static class StorePath
{
    /// <exception cref="StoreRefusedException">The path names a folder, or its folder is missing.</exception>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new StoreRefusedException($"{full}: is a folder; name a file in it");
        var folder = Path.GetDirectoryName(full);
        if (folder is not null && !Directory.Exists(folder))
            throw new StoreRefusedException($"{full}: the folder {folder} doesn't exist; create it first");
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
    }
}
