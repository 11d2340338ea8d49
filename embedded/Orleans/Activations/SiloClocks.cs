using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>The host's <see cref="TimeProvider"/>, or the one registered for an area under its key.</summary>
internal sealed class SiloClocks(IServiceProvider services)
{
    public TimeProvider Timers { get; } = For(services, TimeProviderNames.Grains);

    public TimeProvider Messaging { get; } = For(services, TimeProviderNames.Messaging);

    public TimeProvider Activations { get; } = For(services, TimeProviderNames.ActivationManagement);

    private static TimeProvider For(IServiceProvider services, string area) =>
        services.GetKeyedService<TimeProvider>(area) ?? services.GetRequiredService<TimeProvider>();
}
