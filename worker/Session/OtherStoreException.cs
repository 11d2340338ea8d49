using GpuScheduler.Worker.Stores;

namespace GpuScheduler.Worker.Session;

/// <summary>The hello was about another store's folder than the scheduler's: it is to be said again about the right one.</summary>
/// <param name="store">The scheduler's.</param>
/// <param name="takesOld">A folder from before stores had identities is its own.</param>
internal sealed class OtherStoreException(StoreKey store, bool takesOld) : Exception($"the scheduler's store is {store}")
{
    public StoreKey Store => store;

    public bool TakesOld => takesOld;
}
