using GpuScheduler.Common.Ports;

namespace GpuScheduler.Host.Startup;

/// <summary>
/// The port on this machine's own loopback that a real silo listens on, although only the silo itself calls it. Any will do, but a
/// fixed one would keep a second scheduler from starting. An embedded silo opens none.
/// </summary>
internal static class SiloPort
{
    /// <summary>No gateway: no client of the grains is outside this process.</summary>
    public const int None = 0;

    /// <summary>One that is free at this moment.</summary>
    public static int PickFree() => LocalPort.Free();
}
