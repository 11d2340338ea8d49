using System.Globalization;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Observers;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>Makes references, for grains and for the host's own code alike.</summary>
internal sealed class GrainFactory(IServiceProvider services, Silo silo, GrainClasses classes, ObserverDirectory observers) : IClusterClient
{
    public IServiceProvider ServiceProvider => services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Reference<TGrainInterface>(primaryKey, grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        Reference<TGrainInterface>(primaryKey.ToString("X", CultureInfo.InvariantCulture), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        GrainReference.Create<TGrainInterface>(grainId, silo);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference or IGrainBase)
            throw new ArgumentException($"An observer is an ordinary object; {obj} is a grain or a reference.", nameof(obj));
        if (obj is not TGrainObserverInterface)
            throw new ArgumentException($"{obj.GetType()} does not implement {typeof(TGrainObserverInterface)}.", nameof(obj));
        return GrainReference.Create<TGrainObserverInterface>(observers.Add(obj), observers);
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference)
            throw new ArgumentException($"Not a reference from {nameof(CreateObjectReference)}: {obj}.", nameof(obj));
        observers.Remove(reference.GrainId);
    }

    private TGrainInterface Reference<TGrainInterface>(string key, string? grainClassNamePrefix)
    {
        var type = classes.Implementing(typeof(TGrainInterface), grainClassNamePrefix).GrainType;
        return GrainReference.Create<TGrainInterface>(GrainId.Create(type, key), silo);
    }
}
