using Orleans.Runtime;

namespace Orleans;

/// <summary>What the host asks of a grain class. <see cref="Grain"/> implements it for nearly every grain.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first call; an exception fails the calls that wait, and the next call tries anew.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call; an exception is logged and ignored.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
