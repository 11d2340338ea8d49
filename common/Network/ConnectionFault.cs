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
        var way = $"{Of(server)}{(route.Proxy is null ? "" : $" through {route.Words}")}";
        if (chain.OfType<TimeoutException>().Any())
            return $"nothing answers at {way} in time: is its host up, and does a firewall let this port through?";
        if (chain.Any(IsUnansweredPing))
            return $"what listens at {way} did not answer in time: a scheduler that hangs or is stopped (its log may tell), or another "
                + "program";
        if (route.Proxy is not null && Through(kind, chain, server, route) is { } words)
            return words;
        return kind switch
        {
            HttpRequestError.NameResolutionError => $"the host '{server.Host}' of {Of(server)} is unknown: is its name right?",
            HttpRequestError.SecureConnectionError when chain.Any(cause => cause.Message.Contains("frame", StringComparison.Ordinal)) =>
                $"what answers at {Of(server)} speaks no TLS: a scheduler of this version has none; write http:// instead of https://",
            HttpRequestError.SecureConnectionError => $"no secure connection to {Of(server)}: {chain[^1].Message}",
            HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError =>
                NoScheduler(server),
            HttpRequestError.ConnectionError => Socket(chain, server),
            _ => null,
        };
    }

    /// <summary>Something answers, in words that aren't a scheduler's.</summary>
    public static string NoScheduler(Uri server) =>
        $"what answers at {Of(server)} is no scheduler's --listen address: another program's, or the one of --http for health and metrics";

    /// <summary>No cause is told apart: a request found no listener, or an answer broke off.</summary>
    public static string Otherwise(Exception? failure, Uri server, string remedy) => Chain(failure).OfType<HttpRequestException>().Any()
        ? $"no scheduler answers at {Of(server)}{remedy}"
        : $"the scheduler at {Of(server)} went away";

    /// <summary>.NET counts a ping without an answer as a breach of HTTP/2's rules, with the same code as any other: its words alone
    /// tell it apart, and so does the name that stands for them in a trimmed program.</summary>
    private static bool IsUnansweredPing(Exception cause) =>
        cause is HttpProtocolException && cause.Message.Contains("ping", StringComparison.OrdinalIgnoreCase);

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
