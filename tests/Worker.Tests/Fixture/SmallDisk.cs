using System.Diagnostics;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>A disk of its own, of a few MiB, that can be full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk(int mebibytes, string option = "rw")
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m,{option}", "none", _folder.Path) != 0)
            throw new InvalidOperationException("mount failed");
    }

    public string Path => _folder.Path;

    private string Ballast => System.IO.Path.Combine(_folder.Path, "ballast");

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        Assert.Throws<IOException>(() => WriteOn(ballast));
    }

    /// <summary>Gives it back.</summary>
    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", "--lazy", _folder.Path);
        _folder.Dispose();
    }

    private static void WriteOn(FileStream ballast)
    {
        while (true)
            ballast.Write(new byte[4096]);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
