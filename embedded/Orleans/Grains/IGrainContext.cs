namespace Orleans.Runtime;

/// <summary>One activation as the grain inside it sees it.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    GrainId GrainId { get; }

    /// <summary>Null until the constructor has run and after deactivation.</summary>
    object? GrainInstance { get; }

    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation is gone. Awaiting it inside the same grain would wait for itself.</summary>
    Task Deactivated { get; }

    /// <summary>Lets the running calls end, then takes the activation down; the token cuts both short.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
