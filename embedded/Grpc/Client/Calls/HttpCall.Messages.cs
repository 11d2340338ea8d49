using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>A call with its messages.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The HTTP stack disposes the content with its request.")]
internal sealed class HttpCall<TRequest, TResponse>(
    GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
    : HttpCall(channel, method, host, options)
    where TRequest : class
    where TResponse : class
{
    private static readonly StreamPipeReaderOptions Reading = new(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024);

    private readonly GrpcChannel _channel = channel;
    private RequestStreamContent? _requestStream;
    private PipeReader? _pipe;
    private MessageReader? _messages;

    public void Start(TRequest request) =>
        Send(new SingleMessageContent<TRequest>(method.RequestMarshaller, request, _channel.MaxSendMessageSize));

    public ClientStreamWriter<TRequest> Start()
    {
        _requestStream = new RequestStreamContent();
        Send(_requestStream);
        if (Outcome is { } outcome)
            _requestStream.End(outcome);
        return new ClientStreamWriter<TRequest>(this, _requestStream, method.RequestMarshaller, _channel.MaxSendMessageSize);
    }

    /// <summary>The one response of a unary or client-streaming call.</summary>
    public async Task<TResponse> ReadSingleAsync()
    {
        var message = await ReadAsync();
        if (message is null)
            throw new RpcException(new Status(StatusCode.Internal, "The server ended the call with OK but sent no response."));
        if (await ReadAsync() is not null)
            throw Fail(new RpcException(new Status(StatusCode.Internal, "The server sent more than one response.")));
        return message;
    }

    /// <summary>The next response; null once the server has ended the call with OK, an exception for any other end.</summary>
    public async ValueTask<TResponse?> ReadAsync()
    {
        var response = await Response;
        if (Outcome is { } outcome)
            return outcome.IsOk ? null : throw outcome.ToException();
        try
        {
            _messages ??= await OpenAsync(response);
            var message = await _messages.ReadAsync(method.ResponseMarshaller, Aborted);
            if (message is null)
                EndByServer(response);
            return message;
        }
        catch (Exception ex)
        {
            throw Fail(ex);
        }
    }

    protected override void OnEnded(CallOutcome outcome) => _requestStream?.End(outcome);

    private void EndByServer(HttpResponseMessage response)
    {
        _pipe!.Complete();
        var outcome = ResponseMetadata.Outcome(response);
        TryEnd(outcome);
        if (!outcome.IsOk)
            throw outcome.ToException();
    }

    private async Task<MessageReader> OpenAsync(HttpResponseMessage response)
    {
        _pipe = PipeReader.Create(await response.Content.ReadAsStreamAsync(Aborted), Reading);
        var encoding = ResponseMetadata.Find(response.Headers, WireNames.Encoding);
        return new MessageReader(_pipe, _channel.MaxReceiveMessageSize, encoding, StatusCode.Internal);
    }
}
