using System.Buffers;

namespace Grpc.Core;

/// <summary>The bytes of one message, valid only while the marshaller runs.</summary>
public abstract class DeserializationContext
{
    /// <summary>In bytes.</summary>
    public abstract int PayloadLength { get; }

    public virtual byte[] PayloadAsNewBuffer() => throw NotOffered(nameof(PayloadAsNewBuffer));

    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw NotOffered(nameof(PayloadAsReadOnlySequence));

    private NotSupportedException NotOffered(string member) => new($"{GetType()} doesn't offer {member}.");
}
