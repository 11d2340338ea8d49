namespace GpuScheduler.Worker;

/// <summary>Replaces small files by rename: a reader, also after a crash, sees the old or the new one whole.</summary>
internal static class DurableFile
{
    /// <exception cref="IOException">The disk is full or broken; the old file is untouched.</exception>
    public static void Write(string path, byte[] content)
    {
        var fresh = path + ".new";
        // Made anew, never opened: what lies there may be a job's FIFO or link.
        File.Delete(fresh);
        using (var file = File.OpenHandle(fresh, FileMode.CreateNew, FileAccess.Write))
            RandomAccess.Write(file, content, 0);
        File.Move(fresh, path, overwrite: true);
    }

    public static void Write(string path, string content) => Write(path, System.Text.Encoding.UTF8.GetBytes(content));
}
