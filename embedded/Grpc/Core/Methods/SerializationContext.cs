using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller puts the bytes of one message: either all at once, or through a buffer writer.</summary>
public abstract class SerializationContext
{
    public virtual void Complete(byte[] payload) => throw NotOffered(nameof(Complete));

    /// <summary>Says how long the message will be, before the first byte; not every marshaller knows.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    public virtual IBufferWriter<byte> GetBufferWriter() => throw NotOffered(nameof(GetBufferWriter));

    /// <summary>Says that everything was written to the buffer writer.</summary>
    public virtual void Complete() => throw NotOffered(nameof(Complete));

    private NotSupportedException NotOffered(string member) => new($"{GetType()} doesn't offer {member}.");
}
