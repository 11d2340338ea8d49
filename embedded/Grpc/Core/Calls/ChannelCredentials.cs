namespace Grpc.Core;

/// <summary>Whether a channel insists on TLS. Certificates are the HTTP handler's concern.</summary>
public abstract class ChannelCredentials
{
    public static ChannelCredentials Insecure { get; } = new Transport("http");

    public static ChannelCredentials SecureSsl { get; } = new Transport("https");

    /// <summary>The scheme that an address must have to go with these credentials.</summary>
    internal abstract string Scheme { get; }

    private sealed class Transport(string scheme) : ChannelCredentials
    {
        internal override string Scheme => scheme;
    }
}
