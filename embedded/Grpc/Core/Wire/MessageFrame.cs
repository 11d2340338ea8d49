using System.Buffers;
using System.Buffers.Binary;

namespace Grpc.Core.Wire;

/// <summary>
/// One outgoing message: a flag byte (0: not compressed), the length in four bytes, the payload. Built whole in a pooled
/// array before anything is sent, so that a message that is too large or can't be serialized leaves the stream intact,
/// and goes out in one write. Reused for each message of a stream.
/// </summary>
internal sealed class MessageFrame(int? maxMessageSize) : SerializationContext, IBufferWriter<byte>, IDisposable
{
    public const int HeaderSize = 5;

    private const int MinimumSize = 512;

    private byte[] _array = [];
    private int _written;
    private bool _complete;

    /// <summary>The bytes to send; valid until the next message is serialized.</summary>
    public ReadOnlyMemory<byte> Serialize<T>(Marshaller<T> marshaller, T message)
    {
        _written = HeaderSize;
        _complete = false;
        marshaller.ContextualSerializer(message, this);
        if (!_complete)
            throw new InvalidOperationException($"The serializer of {typeof(T)} didn't complete its message.");
        CheckSize(_written - HeaderSize);
        _array[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(_array.AsSpan(1), _written - HeaderSize);
        return _array.AsMemory(0, _written);
    }

    public override void SetPayloadLength(int payloadLength)
    {
        CheckSize(payloadLength);
        Reserve(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() => this;

    public override void Complete()
    {
        Reserve(0);
        _complete = true;
    }

    public override void Complete(byte[] payload)
    {
        SetPayloadLength(payload.Length);
        payload.CopyTo(_array.AsSpan(_written));
        _written += payload.Length;
        _complete = true;
    }

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = [];
    }

    private void Reserve(int size)
    {
        if (_array.Length >= _written + size && _array.Length > 0)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_written + size, Math.Max(_array.Length * 2, MinimumSize)));
        _array.AsSpan(0, Math.Min(_written, _array.Length)).CopyTo(larger);
        Dispose();
        _array = larger;
    }

    private void CheckSize(int size)
    {
        if (size > maxMessageSize)
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"Message to send has {size} bytes; the limit is {maxMessageSize}."));
    }
}
