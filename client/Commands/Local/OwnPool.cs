using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Commands;

/// <summary>
/// Where a user's own pool listens, and what its machine is called, when nobody says so. Two users of one machine must not meet by
/// accident: root has the well-known port and the host's name, anybody else a port by user id and a name with the user's.
/// </summary>
internal static class OwnPool
{
    /// <summary>Below the ports that Linux lends to clients.</summary>
    private const int FirstPort = 20_000;
    private const int Ports = 10_000;
    private const int LongestName = 64;

    /// <summary>For verbs that are given no address: that of the pool which this user's 'up' has started and which runs.</summary>
    public static string? RunningAddress(ClientContext context)
    {
        if (context.Variable("HOME").Length == 0 && context.Variable("XDG_DATA_HOME").Length == 0) return null;
        var pool = new LocalPool(null, context);
        return pool.Scheduler.Running is null ? null : pool.SchedulerAddress ?? pool.Notes?.Address;
    }

    /// <summary>What was noted last, so that scripts which know it go on; else the user's own.</summary>
    public static string Address(LocalPool pool)
    {
        if (pool.Notes is var (noted, _)) return noted;
        if (Posix.UserId == 0) return SchedulerConnection.DefaultAddress;
        var port = FirstPort + (int)(Posix.UserId % Ports);
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{(CanListen(port) ? port : FreePort())}");
    }

    public static string Node(LocalPool pool, ClientContext context)
    {
        if (pool.Notes is var (_, nodes) && nodes.Count == 1) return nodes[0];
        if (Posix.UserId == 0) return Environment.MachineName;
        var user = string.Concat(context.UserName.Where(char.IsAsciiLetterOrDigit));
        if (user.Length == 0) user = Posix.UserId.ToString(CultureInfo.InvariantCulture);
        var host = Environment.MachineName;
        return $"{host[..Math.Max(1, Math.Min(host.Length, LongestName - 1 - user.Length))]}-{user}";
    }

    private static bool CanListen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
