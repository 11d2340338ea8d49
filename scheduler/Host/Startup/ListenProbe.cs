using System.Net.Sockets;
using GpuScheduler.Core.Model;
using GpuScheduler.Host.Options;

namespace GpuScheduler.Host.Startup;

/// <summary>Looks whether the scheduler could listen, before anything starts: the web host would tell it by a stack trace.</summary>
internal static class ListenProbe
{
    /// <summary>What is wrong with the addresses; empty: nothing listens there now.</summary>
    public static IReadOnlyList<Fault> Faults(CheckedOptions options) =>
        [.. new[] { Look("--listen", options.Listen), Look("--http", options.Http) }.OfType<Fault>()];

    private static Fault? Look(string option, ListenAddress? address)
    {
        if (address?.EndPoint is not { } endPoint) return address?.SocketPath is { } path ? LookAt(option, path) : null;
        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endPoint);
            return null;
        }
        catch (SocketException failure)
        {
            return new Fault(option, $"http://{endPoint}", Allowed(failure));
        }
    }

    private static Fault? LookAt(string option, string path) => Directory.Exists(Path.GetDirectoryName(path))
        ? null
        : new Fault(option, $"unix:{path}", "a socket in a folder that exists");

    private static string Allowed(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "a port that is free: another program, maybe another scheduler, listens on this one",
        SocketError.AccessDenied => "a port that this user may open, such as 1024 or above",
        SocketError.AddressNotAvailable => "an address of this machine",
        _ => $"an address that can be listened on ({failure.Message})",
    };
}
