using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>Management as a grain, as Orleans has it.</summary>
internal sealed class ManagementGrain(Silo silo) : Grain, IManagementGrain
{
    public Task ForceActivationCollection(TimeSpan ageLimit) => silo.CollectAsync(ageLimit);
}
