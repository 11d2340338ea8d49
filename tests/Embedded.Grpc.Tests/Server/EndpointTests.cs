using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GpuScheduler.Embedded.Grpc.Tests.Testing;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

/// <summary>Other endpoints than the plain HTTP/2 one.</summary>
public sealed class EndpointTests
{
    [Fact]
    public async Task Https_works_with_a_certificate_that_the_client_trusts_and_not_without()
    {
        using var certificate = SelfSigned();
        await using var server = await EchoServer.StartAsync<EchoService>(listens: listen => listen.UseHttps(certificate));
        using var trusting = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = Trusting(certificate.Thumbprint) },
            DisposeHttpClient = true,
            Credentials = ChannelCredentials.SecureSsl,
        });
        using var wary = GrpcChannel.ForAddress(server.Address);

        var answer = await new Echo.EchoClient(trusting).SayAsync(new Payload { Number = 3 });
        var refused = await Assert.ThrowsAsync<RpcException>(() => new Echo.EchoClient(wary).SayAsync(new Payload()).ResponseAsync);

        Assert.Equal(3, answer.Number);
        // Ours says UNAVAILABLE, the real client INTERNAL.
        Assert.Contains(refused.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Internal });
    }

    [Fact]
    public async Task Http_1_is_answered_with_426_and_says_why()
    {
        await using var server = await EchoServer.StartAsync<EchoService>(listens: listen => listen.Protocols = HttpProtocols.Http1);
        using var http = new HttpClient();
        using var body = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new("application/grpc") } };

        using var answer = await http.PostAsync(new Uri($"{server.Address}/gpuscheduler.test.v1.Echo/Say"), body);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Contains("HTTP/", answer.Headers.GetValues("grpc-message").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_must_go_with_the_address() => Assert.Throws<InvalidOperationException>(() =>
        GrpcChannel.ForAddress("http://host", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));

    private static SslClientAuthenticationOptions Trusting(string thumbprint) => new()
    {
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == thumbprint,
    };

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
