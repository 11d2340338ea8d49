using Google.Protobuf;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;

namespace GpuScheduler.Embedded.Grpc.Tests.Testing;

/// <summary>What echo.proto says; it tells <see cref="EchoProbe"/> what it sees.</summary>
public sealed class EchoService(EchoProbe probe) : Echo.EchoBase
{
    public override async Task<Payload> Say(Payload request, ServerCallContext context)
    {
        probe.Seen(context);
        context.ResponseTrailers.Add("x-host", context.Host);
        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            var key = "x-echo-" + entry.Key[2..];
            var copy = entry.IsBinary ? new Metadata.Entry(key, entry.ValueBytes) : new Metadata.Entry(key, entry.Value);
            headers.Add(copy);
            context.ResponseTrailers.Add(copy);
        }

        if (headers.Count > 0)
            await context.WriteResponseHeadersAsync(headers);
        return request;
    }

    public override async Task Count(Payload request, IServerStreamWriter<Payload> responseStream, ServerCallContext context)
    {
        using var seen = probe.Watch(context);
        for (var number = 1; number <= request.Number; number++)
        {
            await responseStream.WriteAsync(new Payload { Body = request.Body, Number = number });
            probe.Written(number);
        }
    }

    public override async Task<Payload> Gather(IAsyncStreamReader<Payload> requestStream, ServerCallContext context)
    {
        using var seen = probe.Watch(context);
        var last = ByteString.Empty;
        var number = 0;
        await foreach (var request in requestStream.ReadAllAsync())
        {
            last = request.Body;
            number++;
        }

        return new Payload { Body = last, Number = number };
    }

    public override async Task Chat(
        IAsyncStreamReader<Payload> requestStream, IServerStreamWriter<Payload> responseStream, ServerCallContext context)
    {
        using var seen = probe.Watch(context);
        await foreach (var request in requestStream.ReadAllAsync())
            await responseStream.WriteAsync(request);
    }

    public override Task<Payload> Fail(Payload request, ServerCallContext context)
    {
        var trailers = new Metadata { { "x-reason", "asked for" }, { "x-bytes-bin", [0, 1, 255] } };
        throw new RpcException(new Status((StatusCode)request.Number, request.Body.ToStringUtf8()), trailers);
    }

    public override async Task<Payload> Wait(Payload request, ServerCallContext context)
    {
        using var seen = probe.Watch(context);
        // A request with a number is served by a handler that takes no notice of the token.
        await (request.Number > 0 ? probe.ReleasedAsync() : Task.Delay(Timeout.Infinite, context.CancellationToken));
        return request;
    }
}
