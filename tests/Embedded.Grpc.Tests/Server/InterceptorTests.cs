using GpuScheduler.Embedded.Grpc.Tests.Testing;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

public sealed partial class InterceptorTests : IAsyncLifetime
{
    private EchoServer? _server;
    private GrpcChannel? _channel;

    private Echo.EchoClient Client => new(_channel!);

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync(options =>
        {
            options.Interceptors.Add<Tracing>("outer");
            options.Interceptors.Add<Tracing>("inner");
        });
        _channel = GrpcChannel.ForAddress(_server.Address);
    }

    public async Task DisposeAsync()
    {
        _channel!.Dispose();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task Server_interceptors_stand_around_all_four_kinds_the_first_outermost()
    {
        using var unary = Client.SayAsync(new Payload());
        await unary;
        using var serverStream = Client.Count(new Payload { Number = 1 });
        await serverStream.ResponseStream.ReadAllAsync().LastAsync();
        using var clientStream = Client.Gather();
        await clientStream.RequestStream.CompleteAsync();
        await clientStream;
        using var duplex = Client.Chat();
        await duplex.RequestStream.CompleteAsync();
        await duplex.ResponseStream.MoveNext();

        Metadata[] trailers = [unary.GetTrailers(), serverStream.GetTrailers(), clientStream.GetTrailers(), duplex.GetTrailers()];
        Assert.All(
            trailers, metadata => Assert.Equal("outer, inner", string.Join(", ", metadata.GetAll("trace").Select(entry => entry.Value))));
    }

    [Fact]
    public async Task Server_interceptor_turns_an_exception_into_a_status()
    {
        var call = Client.SayAsync(new Payload(), new Metadata { { "refuse", "yes" } });

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Empty(_server!.Log.Lines);
    }

    [Fact]
    public async Task Client_interceptor_adds_a_header_to_all_four_kinds()
    {
        var invoker = _channel!.Intercept(headers => [.. headers, new Metadata.Entry("refuse", "yes")]);
        var client = new Echo.EchoClient(invoker);
        using var serverStream = client.Count(new Payload());
        using var clientStream = client.Gather();
        using var duplex = client.Chat();

        Func<Task>[] calls =
        [
            () => client.SayAsync(new Payload()).ResponseAsync, () => serverStream.ResponseStream.MoveNext(),
            () => clientStream.ResponseAsync, () => duplex.ResponseStream.MoveNext(),
        ];

        foreach (var call in calls)
            Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
    }

    private sealed class Tracing(string name) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Trace(context);
            return continuation(request, context);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest,
            TResponse> continuation)
        {
            Trace(context);
            return continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Trace(context);
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Trace(context);
            return continuation(requestStream, responseStream, context);
        }

        private void Trace(ServerCallContext context)
        {
            context.ResponseTrailers.Add("trace", name);
            if (context.RequestHeaders.GetValue("refuse") is not null)
                throw new RpcException(new Status(StatusCode.FailedPrecondition, "Refused."));
        }
    }
}
