using System.Globalization;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common.Ports;

namespace GpuScheduler.Client.Commands;

/// <summary>
/// Where a user's own pool listens, and what its machine is called, unless a flag says so. Two users of one machine must not meet by
/// accident: root has the well-known port and the host's name, every other user a port by user id and a name with the user's.
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
        return pool.Scheduler.Running is null
            ? null
            : pool.SchedulerAddress ?? (pool.Notes is var (noted, _) ? OpenAddress.Here(noted) : null);
    }

    /// <summary>What was noted last, so that scripts which know it go on; else the user's own.</summary>
    public static string Address(LocalPool pool) => pool.Notes is var (noted, _) ? noted : AddressOf(Posix.UserId, LocalPort.CanListen);

    /// <summary>A user's own address; another free port where a program has the user's.</summary>
    public static string AddressOf(uint userId, Func<int, bool> canListen)
    {
        if (userId == 0) return SchedulerConnection.DefaultAddress;
        var port = FirstPort + (int)(userId % Ports);
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{(canListen(port) ? port : LocalPort.Free())}");
    }

    /// <summary>The name under which the machine was there last; else the user's own.</summary>
    public static string Node(LocalPool pool, ClientContext context) => pool.Notes is var (_, nodes) && nodes.Count == 1
        ? nodes[0]
        : NodeOf(Environment.MachineName, Posix.UserId, context);

    /// <summary>A user's own name for a machine; the host's name is cut where both would be longer than a node's name may be.</summary>
    public static string NodeOf(string host, uint userId, ClientContext context)
    {
        if (userId == 0) return host;
        var user = string.Concat(context.UserName.Where(char.IsAsciiLetterOrDigit));
        if (user.Length == 0) user = userId.ToString(CultureInfo.InvariantCulture);
        user = user[..Math.Min(user.Length, LongestName - 2)];
        return $"{host[..Math.Max(1, Math.Min(host.Length, LongestName - 1 - user.Length))]}-{user}";
    }
}
