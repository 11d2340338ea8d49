using GpuScheduler.Embedded.Grpc.Tests.Testing;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

/// <summary>How service objects live, and what becomes of their exceptions.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task Each_call_has_its_own_service_object_disposed_at_the_end()
    {
        var lives = new Lives();
        await using var server = await EchoServer.StartAsync<MortalService>(services: services => services.AddSingleton(lives));
        using var channel = GrpcChannel.ForAddress(server.Address);
        var client = new Echo.EchoClient(channel);

        for (var i = 0; i < 3; i++)
            await client.SayAsync(new Payload());

        await lives.ThreeDisposed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(3, lives.Born);
    }

    [Fact]
    public async Task Registered_service_is_taken_from_the_container()
    {
        var lives = new Lives();
        await using var server = await EchoServer.StartAsync<MortalService>(
            services: services => services.AddSingleton(lives).AddSingleton<MortalService>());
        using var channel = GrpcChannel.ForAddress(server.Address);
        var client = new Echo.EchoClient(channel);

        for (var i = 0; i < 3; i++)
            await client.SayAsync(new Payload());

        Assert.Equal(1, lives.Born);
        Assert.Equal(0, lives.Dead);
    }

    [Theory]
    [InlineData(null, "Exception was thrown by handler.")]
    [InlineData(true, "Exception was thrown by handler. InvalidOperationException: the secret is 42")]
    public async Task Unexpected_exception_is_UNKNOWN_logged_and_hidden_unless_told_otherwise(bool? detailed, string detail)
    {
        await using var server = await EchoServer.StartAsync<MortalService>(
            options => options.EnableDetailedErrors = detailed, services => services.AddSingleton(new Lives()));
        using var channel = GrpcChannel.ForAddress(server.Address);

        var call = new Echo.EchoClient(channel).FailAsync(new Payload());

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.Equal(detail, error.Status.Detail);
        Assert.Contains("the secret is 42", Assert.Single(server.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Method_that_the_service_does_not_override_is_UNIMPLEMENTED()
    {
        await using var server = await EchoServer.StartAsync<MortalService>(services: services => services.AddSingleton(new Lives()));
        using var channel = GrpcChannel.ForAddress(server.Address);

        var call = new Echo.EchoClient(channel).WaitAsync(new Payload());

        Assert.Equal(StatusCode.Unimplemented, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task Status_set_on_the_context_ends_the_call_and_the_context_knows_its_call()
    {
        await using var server = await EchoServer.StartAsync<MortalService>(services: services => services.AddSingleton(new Lives()));
        using var channel = GrpcChannel.ForAddress(server.Address);
        using var call = new Echo.EchoClient(channel).Count(new Payload());

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Aborted, error.StatusCode);
        Assert.Matches(@"^/gpuscheduler.test.v1.Echo/Count 127.0.0.1:\d+ ipv4:127.0.0.1:\d+ HTTP/2$", error.Status.Detail);
    }

    private sealed class Lives
    {
        private int _born;
        private int _dead;

        public TaskCompletionSource ThreeDisposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Born => _born;

        public int Dead => _dead;

        public void OnBorn() => Interlocked.Increment(ref _born);

        public void OnDisposed()
        {
            if (Interlocked.Increment(ref _dead) == 3)
                ThreeDisposed.TrySetResult();
        }
    }

    private sealed class MortalService : Echo.EchoBase, IDisposable
    {
        private readonly Lives _lives;

        public MortalService(Lives lives)
        {
            _lives = lives;
            lives.OnBorn();
        }

        public override Task<Payload> Say(Payload request, ServerCallContext context) => Task.FromResult(request);

        public override Task<Payload> Fail(Payload request, ServerCallContext context) =>
            throw new InvalidOperationException("the secret is 42");

        public override Task Count(Payload request, IServerStreamWriter<Payload> responseStream, ServerCallContext context)
        {
            HttpContext http = context.GetHttpContext();
            context.Status = new Status(StatusCode.Aborted, $"{context.Method} {context.Host} {context.Peer} {http.Request.Protocol}");
            return Task.CompletedTask;
        }

        public void Dispose() => _lives.OnDisposed();
    }
}
