using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base class of grains: identity, services, and the two ends of an activation's life.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Takes the context from the activation that is constructing the grain.</summary>
    protected Grain()
        : this(Activation.Current ?? throw new InvalidOperationException(
            "A grain is constructed by the host, on the first call to its reference; 'new' outside of it has no context."))
    {
    }

    protected Grain(IGrainContext grainContext) => GrainContext = grainContext;

    public IGrainContext GrainContext { get; }

    /// <summary>The grain's type and key, as logs show it.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    protected IGrainFactory GrainFactory => ServiceProvider.GetRequiredService<IGrainFactory>();

    /// <summary>Scoped to this activation; disposed with it.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

#pragma warning disable CA1725 // Orleans' own parameter names differ between the interface and the class.
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
#pragma warning restore CA1725

    /// <summary>Takes this activation down once the calls that run now have ended; calls that wait go to the next activation.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Shields the activation from collection for a while; zero or less takes the shield away.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => ((Activation)GrainContext).DelayDeactivation(timeSpan);
}
