using Grpc.Core;

namespace GpuScheduler.Host.Workers;

/// <summary>Streams have no end of their own: they end when the other side leaves or when the scheduler stops.</summary>
public sealed class StreamLifetime(IHostApplicationLifetime host)
{
    /// <summary>Cancelled by whichever comes first.</summary>
    public CancellationTokenSource Link(CancellationToken caller) =>
        CancellationTokenSource.CreateLinkedTokenSource(caller, host.ApplicationStopping);

    /// <summary>What a stream's other side is told when the scheduler stops.</summary>
    public bool IsStopping => host.ApplicationStopping.IsCancellationRequested;

    public static RpcException Stopping { get; } = new(new Status(StatusCode.Unavailable, "the scheduler is stopping; connect again"));
}
