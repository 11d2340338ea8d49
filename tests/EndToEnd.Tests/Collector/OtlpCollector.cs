using System.Collections.Concurrent;
using GpuScheduler.EndToEnd.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GpuScheduler.EndToEnd.Tests.Collector;

/// <summary>Receives what programs send to a collector of OpenTelemetry, by either protocol.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private const string Grpc = "grpc";
    private const int GrpcHeader = 5;

    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, string> _metrics = new();
    private readonly WebApplication _server;
    private readonly string _protocol;
    private int _calls;

    private OtlpCollector(string protocol)
    {
        _protocol = protocol;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{Ports.Free()}").ConfigureKestrel(kestrel => kestrel
            .ConfigureEndpointDefaults(listen => listen.Protocols = protocol == Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _server = builder.Build();
        _server.MapPost("/{*path}", Serve);
    }

    /// <summary>Requests so far, whatever they were about.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>Names of metrics.</summary>
    public IReadOnlyCollection<string> Metrics => [.. _metrics.Keys];

    /// <summary>What makes a program send here, without waiting for a lot to be gathered.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _server.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = _protocol,
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public static async Task<OtlpCollector> Start(string protocol = "http/protobuf")
    {
        var collector = new OtlpCollector(protocol);
        await collector._server.StartAsync();
        return collector;
    }

    public Task<ReceivedSpan> Receives(string span, Func<string> more) => Eventually.Sees(
        $"a span '{span}'", () => Task.FromResult(Spans.FirstOrDefault(one => one.Name == span)), found => found is not null,
        () => $"{string.Join('\n', Spans)}\n{more()}")!;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Serve(HttpContext call)
    {
        Interlocked.Increment(ref _calls);
        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body);
        var isGrpc = call.Request.ContentType == "application/grpc";
        Take(call.Request.Path.Value ?? "", body.ToArray().AsSpan(isGrpc ? GrpcHeader : 0));
        call.Response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";
        if (!isGrpc) return;
        // An empty message, and that all is well.
        await call.Response.Body.WriteAsync(new byte[GrpcHeader]);
        call.Response.AppendTrailer("grpc-status", "0");
    }

    private void Take(string path, ReadOnlySpan<byte> message)
    {
        if (path is "/v1/traces" or "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
        {
            foreach (var span in ReceivedSpan.In(SentTraces.Parser.ParseFrom(message))) _spans.Enqueue(span);
        }
        else if (path is "/v1/metrics" or "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")
        {
            foreach (var metric in SentMetrics.Parser.ParseFrom(message).Sources
                .SelectMany(source => source.Scopes).SelectMany(scope => scope.Metrics)) _metrics[metric.Name] = metric.Name;
        }
    }
}
