namespace Orleans.Configuration;

/// <summary>How activations go down. The embedded host collects only on demand, so there is no idle age here.</summary>
public class GrainCollectionOptions
{
    /// <summary>How long <c>OnActivateAsync</c> may take before the activation counts as failed.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long running calls and <c>OnDeactivateAsync</c> may take before the activation is given up.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
