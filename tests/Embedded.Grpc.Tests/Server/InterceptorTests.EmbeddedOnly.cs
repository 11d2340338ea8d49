using GpuScheduler.Embedded.Grpc.Tests.V1;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

/// <summary>The real client sends the channel's own host, whatever the call names.</summary>
public sealed partial class InterceptorTests
{
    [Fact]
    public async Task Host_of_the_client_is_what_the_server_sees()
    {
        using var call = Client.WithHost("scheduler.example").SayAsync(new Payload());
        await call;

        Assert.Equal("scheduler.example", call.GetTrailers().GetValue("x-host"));
    }
}
