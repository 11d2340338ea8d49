using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

[Flags]
[SuppressMessage("Design", "CA1008", Justification = "The real enum has no member for zero.")]
public enum WriteFlags
{
    /// <summary>The message may wait in the buffer until the next one is written or the stream ends.</summary>
    BufferHint = 1,

    /// <summary>Accepted for source compatibility: nothing is ever compressed here.</summary>
    NoCompress = 2,
}

public class WriteOptions(WriteFlags flags = default)
{
    public static readonly WriteOptions Default = new();

    public WriteFlags Flags { get; } = flags;
}
