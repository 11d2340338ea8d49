
namespace GpuScheduler.Grains.Messages;

/// <summary>Why the scheduler ends a worker's session.</summary>
[GenerateSerializer, Alias("gpusched.SessionEnd")]
public enum SessionEnd
{
    /// <summary>A newer session of the same node exists.</summary>
    Replaced = 1,

    /// <summary>No heartbeat for too long: the connection is taken for dead.</summary>
    Silent = 2,

    /// <summary>The pool has read its state anew and needs to hear again what the worker holds.</summary>
    Rejoin = 3,
}
