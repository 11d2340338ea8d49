using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>The requests of a streaming call. A write ends when the transport has taken the message: that is the flow control.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "Completing the stream gives the frame's array back; after a failure the collector has it.")]
internal sealed class ClientStreamWriter<T>(HttpCall call, RequestStreamContent content, Marshaller<T> marshaller, int? maxMessageSize)
    : IClientStreamWriter<T>
{
    private readonly MessageFrame _frame = new(maxMessageSize);
    private Task? _answer;
    private int _busy;
    private bool _completed;

    public WriteOptions? WriteOptions { get; set; } = call.WriteOptions;

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            throw new InvalidOperationException("Can't write the message because the previous write is still in progress.");
        try
        {
            CheckOpen();
            using var registration = cancellationToken.UnsafeRegister(
                static call => ((HttpCall)call!).Cancel(new Status(StatusCode.Cancelled, "Call canceled by the client.")), call);
            await WriteToAsync(await content.Stream, message);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    public Task CompleteAsync()
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            throw new InvalidOperationException("Can't complete the stream because a write is still in progress.");
        _completed = true;
        content.Complete();
        _frame.Dispose();
        Volatile.Write(ref _busy, 0);
        return Task.CompletedTask;
    }

    /// <summary>For a call with one response: a failed write is explained by how the call ends.</summary>
    public void AnswerComes(Task answer) => _answer = answer;

    private void CheckOpen()
    {
        if (_completed)
            throw new InvalidOperationException("Can't write the message because the request stream is complete.");
        if (call.Outcome is { } outcome)
            throw outcome.IsOk
                ? new InvalidOperationException("Can't write the message because the call has ended.")
                : outcome.ToException();
    }

    private async Task WriteToAsync(Stream stream, T message)
    {
        ReadOnlyMemory<byte> frame;
        try
        {
            frame = _frame.Serialize(marshaller, message);
        }
        catch (Exception ex)
        {
            throw call.Fail(
                ex is RpcException ? ex : new RpcException(new Status(StatusCode.Internal, "The message can't be serialized.", ex)));
        }

        try
        {
            await stream.WriteAsync(frame, call.Aborted);
            if ((WriteOptions?.Flags & WriteFlags.BufferHint) is null or 0)
                await stream.FlushAsync(call.Aborted);
        }
        catch (Exception ex)
        {
            throw await ExplainAsync(ex);
        }
    }

    /// <summary>
    /// A server that ends a call resets the request stream: its status, where it is on its way, says more than the reset.
    /// </summary>
    private async Task<RpcException> ExplainAsync(Exception ex)
    {
        if (_answer is not null)
            await _answer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return call.Outcome is { } outcome ? outcome.ToException() : new RpcException(call.StatusOf(ex));
    }
}
