using System.Net;

namespace GpuScheduler.Common.Network;

/// <summary>
/// How to reach the scheduler: straight, or through a proxy that a variable names. One rule for worker and client. gRPC over
/// plain http never goes through a proxy: HTTP proxies don't pass HTTP/2 on. Over https a proxy is asked for a tunnel, but not
/// to this machine itself and not to what no_proxy names.
/// </summary>
/// <param name="Proxy">Null: straight.</param>
/// <param name="Variable">Which variable names it.</param>
internal sealed record ProxyRoute(Uri? Proxy, string Variable)
{
    /// <summary>As curl reads them: the first that is set counts.</summary>
    private static readonly string[] s_proxyVariables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

    private static readonly string[] s_exceptionVariables = ["no_proxy", "NO_PROXY"];

    private static readonly string[] s_schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    public static ProxyRoute Straight { get; } = new(null, "");

    /// <exception cref="FormatException">The variable that counts holds no address; the message is for people.</exception>
    public static ProxyRoute To(Uri server, Func<string, string?> variable)
    {
        if (server.Scheme != Uri.UriSchemeHttps || server.IsLoopback
            || NoProxyList.Names(First(s_exceptionVariables, variable).Value, server))
            return Straight;
        var (name, value) = First(s_proxyVariables, variable);
        return value.Length == 0 ? Straight : new(Parse(name, value), name);
    }

    /// <summary>Sets up a connection's handler.</summary>
    public void ApplyTo(SocketsHttpHandler handler)
    {
        handler.ConnectCallback = TcpConnection.OpenAsync;
        handler.UseProxy = Proxy is not null;
        if (Proxy is not null)
            handler.Proxy = new WebProxy(Proxy) { Credentials = CredentialsOf(Proxy) };
    }

    /// <summary>For messages, without what may be a password.</summary>
    public string Words => Proxy is null ? "" : $"the proxy {Proxy.Scheme}://{Proxy.Authority} that {Variable} names";

    private static (string Name, string Value) First(string[] names, Func<string, string?> variable) => names
        .Select(name => (name, variable(name) ?? ""))
        .FirstOrDefault(found => found.Item2.Length > 0, ("", ""));

    private static Uri Parse(string name, string value)
    {
        var text = value.Contains("://", StringComparison.Ordinal) ? value : "http://" + value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var proxy) && s_schemes.Contains(proxy.Scheme))
            return proxy;
        throw new FormatException(
            $"{name}: is no proxy's address, such as http://proxy.lab:3128; correct it, or add the scheduler to no_proxy");
    }

    private static NetworkCredential? CredentialsOf(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
            return null;
        var parts = proxy.UserInfo.Split(':', 2);
        return new(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
