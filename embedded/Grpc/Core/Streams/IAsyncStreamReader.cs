namespace Grpc.Core;

/// <summary>Messages of the other side, in order. One reader at a time.</summary>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last <see cref="MoveNext"/> brought.</summary>
    T Current { get; }

    /// <summary>Waits for the next message; false once the other side has ended its stream.</summary>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
