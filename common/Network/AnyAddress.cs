using System.Globalization;
using System.Net;

namespace GpuScheduler.Common.Network;

/// <summary>Addresses that mean "every address of this machine" (0.0.0.0 and ::): a server may listen there, but they name no machine
/// that could be called.</summary>
internal static class AnyAddress
{
    public static bool Is(Uri server) =>
        IPAddress.TryParse(server.DnsSafeHost, out var address)
        && ((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) is var host)
        && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any));

    /// <summary>What to write instead, for a message.</summary>
    public static string Instead(Uri server) => string.Create(
        CultureInfo.InvariantCulture,
        $"it is an address to listen on, not to call: {server.Scheme}://127.0.0.1:{server.Port} on the scheduler's own machine, "
            + $"{server.Scheme}://ITS-NAME:{server.Port} on others");
}
