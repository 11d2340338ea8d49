using System.Buffers;
using Grpc.Core;
using Grpc.Core.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>One call on its HTTP/2 stream: what the handler sees of it, and everything that is sent back.</summary>
internal sealed partial class HttpServerCallContext(HttpContext http, string method, GrpcServiceOptions options, ILogger logger)
    : ServerCallContext
{
    private MessageFrame? _frame;
    private MessageReader? _messages;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private CallDeadline? _deadline;
    private bool _ended;

    public HttpContext Http => http;

    public MessageReader Messages => _messages ??= new MessageReader(
        http.Request.BodyReader, options.MaxReceiveMessageSize, http.Request.Headers[WireNames.Encoding], StatusCode.Unimplemented);

    protected override string MethodCore => method;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override string PeerCore => PeerName.Of(http.Connection);

    protected override DateTime DeadlineCore => _deadline?.Utc ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= HeaderMapping.Read(http.Request.Headers);

    protected override CancellationToken CancellationTokenCore => _deadline?.Token ?? http.RequestAborted;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    /// <summary>Lets streams live as long and carry as much as they like: the message limit and the deadline bound them instead.</summary>
    public void Start()
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
        http.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = null;
        string? timeout = http.Request.Headers[WireNames.Timeout];
        if (timeout is null)
            return;
        if (!WireTimeout.TryDecode(timeout, out var left))
            throw new RpcException(
                new Status(StatusCode.Internal, $"{WireNames.Timeout} '{timeout}' isn't up to 8 digits and one of H M S m u n."));
        _deadline = new CallDeadline(left, EndByDeadlineAsync, http.RequestAborted);
        _deadline.Start();
    }

    public async ValueTask WriteAsync<T>(Marshaller<T> marshaller, T message, bool flush, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _frame ??= new MessageFrame(options.MaxSendMessageSize);
        var frame = _frame.Serialize(marshaller, message);
        using var turn = await EnterAsync();
        if (_ended || CancellationToken.IsCancellationRequested)
            throw new InvalidOperationException("Can't write the message because the request is complete.");
        await StartResponseAsync();
        http.Response.BodyWriter.Write(frame.Span);
        if (flush)
            await http.Response.BodyWriter.FlushAsync(cancellationToken.CanBeCanceled ? cancellationToken : CancellationToken);
    }

    /// <summary>Sends the status, unless the deadline has done so.</summary>
    public async Task EndAsync()
    {
        using (await EnterAsync())
        {
            if (!_ended)
                WriteStatus();
        }

        _deadline?.Stop();
        _frame?.Dispose();
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        using var turn = await EnterAsync();
        if (_ended || http.Response.HasStarted)
            throw new InvalidOperationException("Response headers can only be sent once, before the first message.");
        HeaderMapping.Write(http.Response.Headers, responseHeaders);
        await StartResponseAsync();
        await http.Response.BodyWriter.FlushAsync(CancellationToken);
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Pass the deadline and the cancellation token of the context on by CallOptions.");

    private Task StartResponseAsync()
    {
        if (http.Response.HasStarted)
            return Task.CompletedTask;
        WriteProtocolHeaders();
        return http.Response.StartAsync(CancellationToken);
    }

    private void WriteProtocolHeaders()
    {
        http.Response.ContentType = WireNames.ContentType;
        http.Response.Headers[WireNames.AcceptEncoding] = WireNames.Identity;
    }

    /// <summary>Into the trailers, or into the headers when nothing was sent yet.</summary>
    private void WriteStatus()
    {
        _ended = true;
        IHeaderDictionary? destination = http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        if (!http.Response.HasStarted)
        {
            WriteProtocolHeaders();
            destination = http.Response.Headers;
        }

        if (destination is null)
            return;
        if (_responseTrailers is not null)
            HeaderMapping.Write(destination, _responseTrailers);
        HeaderMapping.Write(destination, Status);
    }

    private async Task EndByDeadlineAsync()
    {
        try
        {
            using var turn = await EnterAsync();
            if (_ended)
                return;
            Status = DeadlinePassed;
            WriteStatus();
            await http.Response.CompleteAsync();
            // The request may still be coming in: NO_ERROR tells the client to stop sending.
            http.Features.Get<IHttpResetFeature>()?.Reset(0);
        }
        catch (Exception ex)
        {
            LogStatusNotSent(ex, method);
        }
    }

    /// <summary>Only a call with a deadline has two that may write; the others never wait.</summary>
    private ValueTask<Turn> EnterAsync() => _deadline is null ? default : Turn.TakeAsync(_deadline.Gate);

    private readonly struct Turn(SemaphoreSlim? gate) : IDisposable
    {
        public static async ValueTask<Turn> TakeAsync(SemaphoreSlim gate)
        {
            await gate.WaitAsync();
            return new Turn(gate);
        }

        public void Dispose() => gate?.Release();
    }
}
