using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>Stands in for a grain or an observer: turns each call of its interface into a request on a route.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "The class that implements the interface is derived from it at run time.")]
internal class GrainReference : DispatchProxy, IAddressable
{
    public GrainId GrainId { get; private set; }

    public ICallRoute Route { get; private set; } = null!;

    public static TInterface Create<TInterface>(GrainId target, ICallRoute route)
    {
        var proxy = Create<TInterface, GrainReference>()!;
        var reference = (GrainReference)(object)proxy;
        reference.GrainId = target;
        reference.Route = route;
        return proxy;
    }

    /// <summary>References to one grain are equal, whichever interface they were made for.</summary>
    public override bool Equals(object? obj) => obj is GrainReference other && other.GrainId == GrainId;

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference:{GrainId}";

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        GrainMethod.Of(targetMethod!).Call(this, args ?? []);
}
