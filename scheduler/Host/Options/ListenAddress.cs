using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GpuScheduler.Host.Options;

/// <summary>An address to listen on: exactly one of the two is set.</summary>
/// <param name="EndPoint">Address and port; port 0 means any free one.</param>
/// <param name="SocketPath">Absolute path of a Unix domain socket.</param>
public sealed record ListenAddress(IPEndPoint? EndPoint, string? SocketPath)
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Allowed =
        "an IP address or 'localhost' with a port 0 … 65535, such as 127.0.0.1:7070 or http://127.0.0.1:7070, or unix:/absolute/path";

    private const string Scheme = "http://";

    /// <summary>Reachable from this machine alone.</summary>
    public bool IsLocal => EndPoint is null || IPAddress.IsLoopback(EndPoint.Address);

    /// <summary>True: only one of the two can be listened on at a time.</summary>
    public bool IsTakenWith(ListenAddress other) =>
        EndPoint is { Port: not 0 } one && other.EndPoint is { } two && one.Port == two.Port
            && (one.Address.Equals(two.Address) || Covers(one.Address, two.Address) || Covers(two.Address, one.Address));

    /// <summary>"Every address" of IPv6 is listened on for IPv4, too.</summary>
    private static bool Covers(IPAddress every, IPAddress one) =>
        every.Equals(IPAddress.IPv6Any) || (every.Equals(IPAddress.Any) && one.AddressFamily == AddressFamily.InterNetwork);

    /// <summary>Reads an address; false for anything but <see cref="Allowed"/>.</summary>
    public static bool TryParse(string text, out ListenAddress? address)
    {
        address = null;
        // People copy the address that clients are given.
        if (text.StartsWith(Scheme, StringComparison.Ordinal)) text = text[Scheme.Length..].TrimEnd('/');
        if (text.StartsWith("unix:", StringComparison.Ordinal)) address = OfSocket(text["unix:".Length..]);
        else if (text.LastIndexOf(':') is var colon and > 0) address = OfEndPoint(text[..colon], text[(colon + 1)..]);
        return address is not null;
    }

    private static ListenAddress? OfSocket(string path) =>
        // 107 bytes is what the kernel's address structure holds.
        path.StartsWith('/') && path.Length <= 107 ? new ListenAddress(null, path) : null;

    private static ListenAddress? OfEndPoint(string host, string port)
    {
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        if (host == "localhost") return new ListenAddress(new IPEndPoint(IPAddress.Loopback, number), null);
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (host.Contains(':') != isBracketed) return null;
        return IPAddress.TryParse(host, out var ip) ? new ListenAddress(new IPEndPoint(ip, number), null) : null;
    }
}
