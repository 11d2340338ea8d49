using GpuScheduler.Common.Ports;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>
/// Ports for servers that are killed and started again. They are below those that Linux lends to clients (32768 and up): there, one that
/// reconnects while the server is away may be lent the server's own port, connect to itself, and keep the server from coming back.
/// </summary>
internal static class Ports
{
    private const int First = 15_000;
    private const int Count = 15_000;
    private static int _next = Environment.ProcessId * 97;

    public static int Free()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (LocalPort.CanListen(port)) return port;
        }

        throw new InvalidOperationException($"no free port from {First} to {First + Count - 1}");
    }
}
