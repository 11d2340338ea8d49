using Google.Protobuf;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Embedded.Grpc.Tests.Client;

/// <summary>What our client alone says.</summary>
public abstract partial class ClientContract
{
    [Fact]
    public async Task Limit_that_a_message_is_beyond_is_named()
    {
        var request = new Payload { Body = UnsafeByteOperations.UnsafeWrap(new byte[2000]) };
        using var receives = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { MaxReceiveMessageSize = 1000 });
        using var sends = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { MaxSendMessageSize = 1000 });

        foreach (var channel in new[] { receives, sends })
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => new Echo.EchoClient(channel).SayAsync(request).ResponseAsync);
            Assert.Contains("1000", error.Status.Detail, StringComparison.Ordinal);
        }
    }
}
