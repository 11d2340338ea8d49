using System.Globalization;
using System.Net;

namespace GpuScheduler.Common.Network;

/// <summary>no_proxy: names with all that lies below them, addresses, ranges such as 10.0.0.0/8, each with a port or without;
/// or * for everything.</summary>
internal static class NoProxyList
{
    private static readonly char[] s_separators = [',', ' ', '\t', ';'];

    public static bool Names(string list, Uri server) => list
        .Split(s_separators, StringSplitOptions.RemoveEmptyEntries)
        .Any(entry => Matches(entry, server));

    private static bool Matches(string entry, Uri server)
    {
        if (entry == "*")
            return true;
        var (host, port) = Split(entry);
        if (port is { } only && only != server.Port)
            return false;
        return IPAddress.TryParse(server.IdnHost, out var address) ? IsIn(host, address) : IsBelow(host, server.IdnHost);
    }

    /// <summary>"lab.example", ".lab.example" and "*.lab.example" alike name it and all below.</summary>
    private static bool IsBelow(string entry, string host)
    {
        var name = entry.TrimStart('*').Trim('.');
        var asked = host.TrimEnd('.');
        return name.Length > 0
            && (asked.Equals(name, StringComparison.OrdinalIgnoreCase) || asked.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsIn(string entry, IPAddress address) =>
        TryRange(entry, out var range) ? range.Contains(address) : IPAddress.TryParse(entry, out var one) && one.Equals(address);

    /// <summary>People write 10.1.2.3/8 for the range that it lies in; .NET wants the bits behind the mask to be zero.</summary>
    private static bool TryRange(string entry, out IPNetwork range)
    {
        range = default;
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(entry.AsSpan(0, slash), out var start)
            || !int.TryParse(entry.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
            return false;
        var bytes = start.GetAddressBytes();
        if (bits > bytes.Length * 8)
            return false;
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(bits - (i * 8), 0, 8));
        range = new(new IPAddress(bytes), bits);
        return true;
    }

    private static (string Host, int? Port) Split(string entry)
    {
        var colon = entry.LastIndexOf(':');
        var isBracketed = entry.StartsWith('[');
        var isBareIpv6 = !isBracketed && entry.IndexOf(':', StringComparison.Ordinal) != colon;
        if (colon < 0 || isBareIpv6 || entry.IndexOf(']', StringComparison.Ordinal) > colon
            || !int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return (entry.Trim('[', ']'), null);
        return (entry[..colon].Trim('[', ']'), port);
    }
}
