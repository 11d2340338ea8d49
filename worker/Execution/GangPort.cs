using System.Net;
using System.Net.Sockets;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>The scheduler keeps gangs from one another's ports; what else listens on a machine, only its worker sees.</summary>
internal static class GangPort
{
    /// <summary>Looks whether a gang could meet here: before its head starts, so that no rank waits for a process that can't listen. If the
    /// port is taken in the moment between, the job itself finds out.</summary>
    /// <exception cref="IOException">A program listens on the port; the next attempt is given another one.</exception>
    public static void Check(Dispatch dispatch)
    {
        if (dispatch.Gang is not { Rank: 0 } gang)
            return;
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Any, gang.HeadPort));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new IOException(
                $"MASTER_PORT {gang.HeadPort}, on which the gang's processes are to meet, is in use on this machine", error);
        }
    }
}
