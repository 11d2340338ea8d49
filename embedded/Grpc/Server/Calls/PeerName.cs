using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The peer's address as gRPC writes it.</summary>
internal static class PeerName
{
    public static string Of(ConnectionInfo connection) => connection.RemoteIpAddress switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetwork } ipv4 => $"ipv4:{ipv4}:{connection.RemotePort}",
        var ipv6 => $"ipv6:[{ipv6}]:{connection.RemotePort}",
    };
}
