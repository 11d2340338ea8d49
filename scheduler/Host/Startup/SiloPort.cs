using System.Net;
using System.Net.Sockets;

namespace GpuScheduler.Host.Startup;

/// <summary>
/// The port on this machine's own loopback that a real silo listens on, although nobody but itself calls it. Any will do, but a
/// fixed one would keep a second scheduler from starting. An embedded silo opens none.
/// </summary>
internal static class SiloPort
{
    /// <summary>No gateway: no client of the grains is outside this process.</summary>
    public const int None = 0;

    /// <summary>One that is free at this moment.</summary>
    public static int PickFree()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
