using System.Diagnostics;
using GpuScheduler.Embedded.Grpc.Tests.Testing;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Net.Client;
using Xunit.Abstractions;

namespace GpuScheduler.Embedded.Grpc.Tests.Throughput;

/// <summary>Prints rates (they depend on the machine) and asserts what doesn't: the bytes allocated, client and server together.</summary>
[Trait("Category", "Slow")]
public sealed class ThroughputTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Callers = 32;

    private EchoServer? _server;
    private GrpcChannel? _channel;

    private Echo.EchoClient Client => new(_channel!);

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _channel = GrpcChannel.ForAddress(_server.Address);
    }

    public async Task DisposeAsync()
    {
        _channel!.Dispose();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task Unary_calls()
    {
        await RunAsync(2000);
        var bytes = await MeasureAsync("unary calls", 30_000, RunAsync);

        Assert.InRange(bytes, 0, 20_000);
    }

    [Fact]
    public async Task Streamed_messages()
    {
        await StreamAsync(2000);
        var bytes = await MeasureAsync("streamed messages", 200_000, StreamAsync);

        Assert.InRange(bytes, 0, 2_000);
    }

    private async Task<double> MeasureAsync(string what, int count, Func<int, Task> runAsync)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await runAsync(count);
        var bytes = (GC.GetTotalAllocatedBytes() - allocated) / (double)count;
        var microseconds = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count;
        output.WriteLine($"{count / watch.Elapsed.TotalSeconds:F0} {what}/s; each {microseconds:F1} µs of CPU, {bytes:F0} bytes allocated");
        return bytes;
    }

    private Task RunAsync(int calls) => Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
    {
        for (var i = 0; i < calls / Callers; i++)
            await Client.SayAsync(new Payload { Number = i });
    }));

    private async Task StreamAsync(int messages)
    {
        using var call = Client.Count(new Payload { Number = messages });
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
            Assert.NotNull(call.ResponseStream.Current);
    }
}
