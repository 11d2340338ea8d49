using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Grpc.Core.Wire;

/// <summary>
/// Incoming messages of one stream. A message is parsed straight from the pipe's buffers once all of it is there; the limit
/// is checked on its header, before the rest is let in.
/// </summary>
/// <param name="pipe">The body of the request or response.</param>
/// <param name="maxMessageSize">In bytes; null for no limit.</param>
/// <param name="encoding">The peer's grpc-encoding header: decides what a compressed message is answered with.</param>
/// <param name="unknownEncoding">The status for an encoding that isn't known here: a server's differs from a client's.</param>
internal sealed class MessageReader(PipeReader pipe, int? maxMessageSize, string? encoding, StatusCode unknownEncoding)
{
    private readonly MessagePayload _payload = new();

    /// <summary>The next message, or null at the end of the stream.</summary>
    public async ValueTask<T?> ReadAsync<T>(Marshaller<T> marshaller, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            if (result.IsCanceled)
                throw new OperationCanceledException();
            if (TryTake(result.Buffer, out var payload))
            {
                var message = Parse(marshaller, payload);
                pipe.AdvanceTo(payload.End);
                return message;
            }

            if (result.IsCompleted)
                return result.Buffer.IsEmpty ? null : throw Failure(StatusCode.Internal, "The stream ended inside a message.");
            pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private bool TryTake(ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (buffer.Length < MessageFrame.HeaderSize)
            return false;
        Span<byte> header = stackalloc byte[MessageFrame.HeaderSize];
        buffer.Slice(0, MessageFrame.HeaderSize).CopyTo(header);
        CheckEncoding(header[0]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)(maxMessageSize ?? int.MaxValue))
            throw Failure(StatusCode.ResourceExhausted, $"Received message has {length} bytes; the limit is {maxMessageSize}.");
        if (buffer.Length < MessageFrame.HeaderSize + length)
            return false;
        payload = buffer.Slice(MessageFrame.HeaderSize, length);
        return true;
    }

    private void CheckEncoding(byte flag)
    {
        if (flag == 0)
            return;
        if (flag != 1)
            throw Failure(StatusCode.Internal, $"Message flag is {flag}; it may be 0 or 1.");
        if (encoding is null or WireNames.Identity)
            throw Failure(StatusCode.Internal, $"A message is marked as compressed without a {WireNames.Encoding} to say how.");
        throw Failure(unknownEncoding, $"Message encoding '{encoding}' isn't supported; '{WireNames.Identity}' is.");
    }

    private T Parse<T>(Marshaller<T> marshaller, ReadOnlySequence<byte> payload)
    {
        _payload.Bytes = payload;
        try
        {
            return marshaller.ContextualDeserializer(_payload);
        }
        catch (Exception ex) when (ex is not RpcException)
        {
            throw new RpcException(new Status(StatusCode.Internal, $"The message isn't a valid {typeof(T).Name}.", ex));
        }
    }

    private static RpcException Failure(StatusCode code, string detail) => new(new Status(code, detail));

    private sealed class MessagePayload : DeserializationContext
    {
        public ReadOnlySequence<byte> Bytes { get; set; }

        public override int PayloadLength => (int)Bytes.Length;

        public override byte[] PayloadAsNewBuffer() => Bytes.ToArray();

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => Bytes;
    }
}
