using System.Text.Json;
using GpuScheduler.Embedded.Grpc.Tests.Testing;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

/// <summary>gRPC C++ as the client of a server of ours or of the real packages.</summary>
public sealed partial class PythonClientTests : IAsyncLifetime
{
    private EchoServer? _server;

    public async Task InitializeAsync() => _server = await EchoServer.StartAsync();

    public async Task DisposeAsync()
    {
        Assert.Empty(_server!.Log.Lines);
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Unary_call_with_metadata_both_ways()
    {
        var result = await RunAsync("unary");

        const string metadata =
            """[["x-echo-text","plain text"],["x-echo-twice","1"],["x-echo-twice","2"],["x-echo-bytes-bin","000102fa"],["x-echo-one-bin","61"]]""";
        Assert.Equal("hello", result.GetProperty("body").GetString());
        Assert.Equal(7, result.GetProperty("number").GetInt32());
        Assert.Equal(Sorted(metadata), Sorted(result.GetProperty("headers").GetRawText()));
        Assert.Equal(Sorted(metadata), Sorted(result.GetProperty("trailers").GetRawText()));
    }

    [Fact]
    public async Task Server_stream() => Assert.Equal("[1, 2, 3, 4, 5]", (await RunAsync("server_stream")).GetRawText());

    [Fact]
    public async Task Server_stream_of_10000_messages()
    {
        var result = await RunAsync("long_stream");

        Assert.Equal(10_000, result.GetProperty("count").GetInt32());
        Assert.True(result.GetProperty("ordered").GetBoolean());
    }

    [Fact]
    public async Task Client_stream_of_10000_messages()
    {
        var result = await RunAsync("client_stream");

        Assert.Equal(10_000, result.GetProperty("number").GetInt32());
        Assert.Equal("m9999", result.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Duplex() =>
        Assert.Equal(Enumerable.Range(1, 100), (await RunAsync("duplex")).EnumerateArray().Select(number => number.GetInt32()));

    [Fact]
    public async Task Mebibyte() => Assert.Equal(1024 * 1024, (await RunAsync("mebibyte")).GetInt32());

    [Theory]
    [InlineData("too_large", "RESOURCE_EXHAUSTED")]
    [InlineData("unknown_method", "UNIMPLEMENTED")]
    [InlineData("unknown_service", "UNIMPLEMENTED")]
    [InlineData("deadline", "DEADLINE_EXCEEDED")]
    public async Task Failure_has_the_status(string scenario, string code) =>
        Assert.Equal(code, (await RunAsync(scenario)).GetProperty("code").GetString());

    [Fact]
    public async Task Error_brings_unicode_text_and_trailers()
    {
        var result = await RunAsync("fail");

        Assert.Equal("FAILED_PRECONDITION", result.GetProperty("code").GetString());
        Assert.Equal("Grafikkarte fehlt – 100 %\nzweite Zeile", result.GetProperty("details").GetString());
        Assert.Equal("asked for", result.GetProperty("trailers").GetProperty("x-reason").GetString());
        Assert.Equal("0001ff", result.GetProperty("trailers").GetProperty("x-bytes-bin").GetString());
    }

    [Fact]
    public async Task Deadline_of_the_client_cancels_the_handler()
    {
        await RunAsync("deadline");

        await _server!.Probe.CancelledAsync();
        await _server.Probe.EndedAsync();
    }

    [Fact]
    public async Task Cancellation_by_the_client_cancels_the_handler()
    {
        using var client = Start("cancel");
        await _server!.Probe.StartedAsync();

        await client.GoOnAsync();

        await _server.Probe.CancelledAsync();
        await _server.Probe.EndedAsync();
    }

    [Fact]
    public async Task Client_killed_in_mid_stream_cancels_the_handler_and_logs_no_error()
    {
        using var client = Start("endless_duplex");
        await _server!.Probe.StartedAsync();

        client.Kill();

        await _server.Probe.CancelledAsync();
        await _server.Probe.EndedAsync();
        Assert.Equal(5, (await RunAsync("server_stream")).GetArrayLength());
    }

    [Fact]
    public async Task Health_is_told_for_the_server_and_for_nothing_unknown()
    {
        var result = await RunAsync("health");

        Assert.Equal("[8, 1]", result.GetProperty("server").GetRawText());
        Assert.Equal("NOT_FOUND", result.GetProperty("unknown").GetString());
    }

    [Fact]
    public async Task Health_watch_tells_each_change()
    {
        using var client = Start("health_watch");
        Assert.Equal("[8, 3]", (await client.ReadAsync()).GetRawText());

        _server!.Health.SetStatus("jobs", ServingStatus.Serving);
        Assert.Equal("[8, 1]", (await client.ReadAsync()).GetRawText());
        _server.Health.SetStatus("jobs", ServingStatus.NotServing);
        Assert.Equal("[8, 2]", (await client.ReadAsync()).GetRawText());
        _server.Health.ClearAll();
        Assert.Equal("[8, 3]", (await client.ReadAsync()).GetRawText());
    }

    private PythonPeer Start(string scenario) => PythonPeer.Start("client.py", new Uri(_server!.Address).Authority, scenario);

    private async Task<JsonElement> RunAsync(string scenario)
    {
        using var client = Start(scenario);
        return await client.ReadAsync();
    }

    /// <summary>Order is kept within a key only, and values of one key may come joined by commas.</summary>
    private static IEnumerable<string> Sorted(string pairs) =>
        JsonDocument.Parse(pairs).RootElement.EnumerateArray()
            .GroupBy(pair => $"{pair[0]}", pair => $"{pair[1]}", (key, values) => $"{key}={string.Join(',', values)}")
            .Order(StringComparer.Ordinal);
}
