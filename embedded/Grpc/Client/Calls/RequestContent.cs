using System.Net;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>A request body of unknown length, as gRPC has it.</summary>
internal abstract class RequestContent : HttpContent
{
    protected RequestContent() => Headers.TryAddWithoutValidation("content-type", WireNames.ContentType);

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected abstract override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken);

    protected sealed override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}

/// <summary>The one request of a unary or server-streaming call, sent together with the end of the stream.</summary>
internal sealed class SingleMessageContent<T>(Marshaller<T> marshaller, T message, int? maxMessageSize) : RequestContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var frame = new MessageFrame(maxMessageSize);
        await stream.WriteAsync(frame.Serialize(marshaller, message), cancellationToken);
    }
}

/// <summary>The request side of a streaming call: hands out the stream once the headers are sent, stays open until completed.</summary>
internal sealed class RequestStreamContent : RequestContent
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Stream> Stream => _stream.Task;

    public void Complete() => _complete.TrySetResult();

    /// <summary>
    /// The call is over. Only OK closes the stream in order: after a cancellation the server must see a reset, not an end.
    /// </summary>
    public void End(CallOutcome outcome)
    {
        if (_stream.TrySetException(outcome.ToException()))
            _ = _stream.Task.Exception;
        if (outcome.IsOk)
            _complete.TrySetResult();
        else
            _complete.TrySetCanceled();
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Sends the headers now: the server may have something to say before the first message.
        await stream.FlushAsync(cancellationToken);
        _stream.TrySetResult(stream);
        await _complete.Task.WaitAsync(cancellationToken);
    }
}
