using System.Diagnostics;
using Xunit;

namespace GpuScheduler.Testing.Disks;

/// <summary>A disk of its own, of a few MiB: a real file system that can be full, or read-only.</summary>
public sealed class SmallDisk : IDisposable
{
    private static readonly int[] s_blocks = [65_536, 4_096, 512];

    /// <param name="mebibytes">Its size in MiB.</param>
    /// <param name="option">One of mount(8) for a tmpfs, such as <c>noexec</c> or <c>nr_inodes=3</c>.</param>
    /// <exception cref="InvalidOperationException">This user may not mount it.</exception>
    public SmallDisk(int mebibytes, string option = "rw")
    {
        try
        {
            Mount("-t", "tmpfs", "-o", $"size={mebibytes}m,{option}", "none", Path);
        }
        catch
        {
            Directory.Delete(Path);
            throw;
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("gpusched-disk-").FullName;

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in s_blocks)
            Assert.ThrowsAny<IOException>(() => WriteOn(ballast, new byte[size]));
    }

    /// <summary>Gives it back.</summary>
    public void Empty() => File.Delete(Ballast);

    public void MakeReadOnly() => Mount("-o", "remount,ro", Path);

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        Directory.Delete(Path, recursive: true);
    }

    private static void WriteOn(FileStream ballast, byte[] block)
    {
        while (true)
            ballast.Write(block);
    }

    private static void Mount(params string[] arguments)
    {
        if (Run("mount", arguments) != 0)
            throw new InvalidOperationException($"mount {string.Join(' ', arguments)} failed");
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
