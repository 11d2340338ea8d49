using System.Net.Sockets;

namespace GpuScheduler.Common.Network;

/// <summary>Says why a connection did not come about, each cause in its own words with what to do. All that is told apart is what
/// the HTTP stack throws, whichever gRPC library is on top of it.</summary>
internal static class ConnectionFault
{
    /// <summary>Null where the exception names none of the known causes.</summary>
    public static string? Describe(Exception? failure, Uri server, ProxyRoute route)
    {
        var chain = Chain(failure).ToList();
        var kind = chain.OfType<HttpRequestException>().Select(request => (HttpRequestError?)request.HttpRequestError).FirstOrDefault();
        if (chain.OfType<TimeoutException>().Any())
            return $"nothing answers at {Of(server)}{(route.Proxy is null ? "" : $" through {route.Words}")} in time: is its host up, "
                + "and does a firewall let this port through?";
        if (route.Proxy is not null && Through(kind, chain, server, route) is { } words)
            return words;
        return kind switch
        {
            HttpRequestError.NameResolutionError => $"the host '{server.Host}' of {Of(server)} is unknown: is its name right?",
            HttpRequestError.SecureConnectionError when chain.Any(cause => cause.Message.Contains("frame", StringComparison.Ordinal)) =>
                $"what answers at {Of(server)} speaks no TLS: a scheduler of this version has none; write http:// instead of https://",
            HttpRequestError.SecureConnectionError => $"no secure connection to {Of(server)}: {chain[^1].Message}",
            HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError =>
                $"what answers at {Of(server)} is no scheduler's --listen address: another program's, or the one of --http for health "
                    + "and metrics",
            HttpRequestError.ConnectionError => Socket(chain, server),
            _ => null,
        };
    }

    private static string? Through(HttpRequestError? kind, List<Exception> chain, Uri server, ProxyRoute route) => kind switch
    {
        HttpRequestError.ProxyTunnelError =>
            $"{route.Words} refused the way to {Of(server)} ({chain[0].Message}); to go past it, add {server.Host} to no_proxy",
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.HttpProtocolError
            or HttpRequestError.InvalidResponse or HttpRequestError.SecureConnectionError =>
            $"no way to {Of(server)} through {route.Words} ({chain[^1].Message}); to go past it, add {server.Host} to no_proxy",
        _ => null,
    };

    private static string? Socket(List<Exception> chain, Uri server) =>
        chain.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode switch
        {
            SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown =>
                $"the host of {Of(server)} can't be reached: is it up, and does a firewall let this port through?",
            _ => null,
        };

    private static string Of(Uri server) => $"{server.Scheme}://{server.Authority}";

    private static IEnumerable<Exception> Chain(Exception? failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
