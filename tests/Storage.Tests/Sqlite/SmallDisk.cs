using System.Diagnostics;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>A disk of its own, of a few MiB: a real file system that can be full, or read-only.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly StoreFolder _folder = new();

    private SmallDisk(int mebibytes) => Mount("-t", "tmpfs", "-o", $"size={mebibytes}m", "none", _folder.Path);

    public string Store => _folder.Store;

    public static SmallDisk Make(int mebibytes) => new(mebibytes);

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(_folder.File("ballast"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[65_536, 4_096, 512])
            WriteWhileRoom(ballast, new byte[size]);
    }

    /// <summary>Gives it back.</summary>
    public void Empty() => File.Delete(_folder.File("ballast"));

    public void MakeReadOnly() => Mount("-o", "remount,ro", _folder.Path);

    public void Dispose()
    {
        Run("umount", "--lazy", _folder.Path);
        _folder.Dispose();
    }

    private static void WriteWhileRoom(FileStream ballast, byte[] block)
    {
        try
        {
            while (true)
                ballast.Write(block);
        }
        catch (IOException full) when (ballast.CanWrite)
        {
            Assert.NotEmpty(full.Message);
        }
    }

    private static void Mount(params string[] arguments)
    {
        if (Run("mount", arguments) != 0) throw new InvalidOperationException($"mount {string.Join(' ', arguments)} failed");
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>A test that needs to mount a file system; skipped, and said so, where that isn't allowed.</summary>
internal sealed class NeedsOwnDiskFactAttribute : FactAttribute
{
    private static readonly bool Allowed = TryMount();

    public NeedsOwnDiskFactAttribute()
    {
        if (!Allowed) Skip = "needs root and the right to mount a tmpfs";
    }

    private static bool TryMount()
    {
        try
        {
            SmallDisk.Make(1).Dispose();
            return true;
        }
        catch (Exception refused) when (refused is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
