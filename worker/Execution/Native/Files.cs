namespace GpuScheduler.Worker.Execution.Native;

/// <summary>Questions about paths of any bytes; .NET's own answers know UTF-8 alone. None follows more than a look at the entry.</summary>
internal static class Files
{
    private const int MayBeRun = 1;
    private const int JustThere = 0;

    /// <summary>O_PATH | O_DIRECTORY | O_CLOEXEC: no right to read it is needed.</summary>
    private static readonly int s_folder = 0x200000 | LibC.OpenDirectory;

    public static bool Exists(string path) => LibC.access(path, JustThere) == 0;

    /// <summary>False also where its disk is mounted noexec.</summary>
    public static bool MayExecute(string path) => LibC.access(path, MayBeRun) == 0;

    public static bool IsFolder(string path)
    {
        var folder = LibC.open(path, s_folder);
        if (folder < 0)
            return false;
        _ = LibC.close(folder);
        return true;
    }

    /// <summary>At most so many of a file's first bytes; empty where it can't be read. Never waits, whatever the file is.</summary>
    public static unsafe byte[] Head(string path, int length)
    {
        const int dontWait = 0x800;
        var file = LibC.open(path, LibC.OpenToRead | dontWait);
        if (file < 0)
            return [];
        var bytes = new byte[length];
        fixed (byte* target = bytes)
        {
            var read = LibC.read(file, target, (nuint)length);
            _ = LibC.close(file);
            return read > 0 ? bytes[..(int)read] : [];
        }
    }
}
