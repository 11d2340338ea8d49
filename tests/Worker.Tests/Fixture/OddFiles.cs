using System.Diagnostics;
using System.Net.Sockets;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>Files that no reader expects.</summary>
internal static class OddFiles
{
    public static string Fifo(string path)
    {
        using var made = Process.Start("mkfifo", [path])!;
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
        return path;
    }

    public static string Make(string kind, string path)
    {
        switch (kind)
        {
            case "fifo":
                return Fifo(path);
            case "directory":
                return Directory.CreateDirectory(path).FullName;
            case "link":
                return File.CreateSymbolicLink(path, "/etc/hostname").FullName;
            case "endless":
                return File.CreateSymbolicLink(path, "/dev/zero").FullName;
            case "socket":
                // Closed, it would take its file along.
                new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified).Bind(new UnixDomainSocketEndPoint(path));
                return path;
            default:
                throw new ArgumentException(kind);
        }
    }
}
