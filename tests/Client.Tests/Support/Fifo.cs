using System.Diagnostics;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>A file that keeps a program that opens it waiting.</summary>
internal static class Fifo
{
    /// <summary>What takes longer hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void Make(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
    }
}
