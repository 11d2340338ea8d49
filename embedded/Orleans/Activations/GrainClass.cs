using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>A grain class and what its attributes say.</summary>
internal sealed class GrainClass(Type type)
{
    private const string Suffix = "grain";

    private readonly ObjectFactory _construct = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);

    public Type Type { get; } = type;

    public GrainType GrainType { get; } = GrainType.Create(NameOf(type));

    public bool Reentrant { get; } = type.IsDefined(typeof(ReentrantAttribute));

    public bool KeepAlive { get; } = type.IsDefined(typeof(KeepAliveAttribute));

    /// <summary>Constructs an instance with services from the activation's scope.</summary>
    public object Construct(IServiceProvider services) => _construct(services, null);

    private static string NameOf(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
    }
}
