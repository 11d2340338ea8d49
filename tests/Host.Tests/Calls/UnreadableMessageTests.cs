using GpuScheduler.Host.Tests.Startup;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Host.Tests.Calls;

/// <summary>Bytes that are no message are the caller's fault, and nothing that the scheduler's admin could mend.</summary>
public sealed class UnreadableMessageTests
{
    private static readonly Marshaller<byte[]> s_bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly (MethodType Type, string Service, string Name)[] s_calls =
    [
        (MethodType.Unary, "JobsService", "GetJob"), (MethodType.Unary, "PoolsService", "GetPool"),
        (MethodType.ServerStreaming, "JobsService", "WatchJobs"), (MethodType.DuplexStreaming, "WorkersService", "Connect"),
    ];

    [Fact]
    public async Task Bytes_that_are_no_message_are_an_invalid_argument_and_no_error_in_the_log()
    {
        using var scheduler = await SchedulerProcess.StartAsync();
        using (var channel = GrpcChannel.ForAddress(scheduler.Address))
        {
            foreach (var (type, service, name) in s_calls)
            {
                var method = new Method<byte[], byte[]>(type, $"gpuscheduler.v1.{service}", name, s_bytes, s_bytes);
                var told = await Assert.ThrowsAsync<RpcException>(() => SendAsync(channel.CreateCallInvoker(), method, [0xff, 0xff, 0xff]));

                Assert.Equal((name, StatusCode.InvalidArgument), (name, told.StatusCode));
                Assert.StartsWith("the message can't be read: ", told.Status.Detail, StringComparison.Ordinal);
            }
        }

        QuietRunTests.AssertQuiet(await scheduler.TerminateAsync());
    }

    private static async Task SendAsync(CallInvoker invoker, Method<byte[], byte[]> method, byte[] bytes)
    {
        var options = new CallOptions(cancellationToken: TestContext.Current.CancellationToken);
        if (method.Type == MethodType.Unary)
        {
            await invoker.AsyncUnaryCall(method, null, options, bytes);
        }
        else if (method.Type == MethodType.ServerStreaming)
        {
            using var call = invoker.AsyncServerStreamingCall(method, null, options, bytes);
            await call.ResponseStream.MoveNext(options.CancellationToken);
        }
        else
        {
            using var call = invoker.AsyncDuplexStreamingCall(method, null, options);
            await call.RequestStream.WriteAsync(bytes);
            await call.ResponseStream.MoveNext(options.CancellationToken);
        }
    }
}
