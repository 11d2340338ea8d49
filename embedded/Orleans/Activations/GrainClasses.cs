using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>
/// Which class implements a grain interface. Orleans knows from generated code; here the application's assemblies are searched once.
/// </summary>
internal sealed class GrainClasses
{
    private readonly Lazy<IReadOnlyDictionary<GrainType, GrainClass>> _byType;
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _byInterface = new();

    public GrainClasses(ApplicationAssemblies assemblies) => _byType = new(() => Find(assemblies));

    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    public GrainClass Implementing(Type grainInterface, string? classNamePrefix) =>
        _byInterface.GetOrAdd((grainInterface, classNamePrefix), key => Choose(key.Interface, key.Prefix));

    /// <exception cref="ArgumentException">No grain class has this type name.</exception>
    public GrainClass Named(GrainType type) => _byType.Value.TryGetValue(type, out var found)
        ? found
        : throw new ArgumentException($"No grain class has the type name '{type}'. Known: {string.Join(", ", _byType.Value.Keys)}.");

    private static Dictionary<GrainType, GrainClass> Find(ApplicationAssemblies assemblies)
    {
        var found = new Dictionary<GrainType, GrainClass>();
        foreach (var type in assemblies.Types().Where(IsGrainClass))
        {
            var grain = new GrainClass(type);
            if (!found.TryAdd(grain.GrainType, grain))
                throw new InvalidOperationException(
                    $"{type} and {found[grain.GrainType].Type} both have the grain type name '{grain.GrainType}': rename one.");
        }

        return found;
    }

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && typeof(IGrain).IsAssignableFrom(type)
        && !typeof(Calls.GrainReference).IsAssignableFrom(type);

    private GrainClass Choose(Type grainInterface, string? classNamePrefix)
    {
        var candidates = _byType.Value.Values
            .Where(grain => grainInterface.IsAssignableFrom(grain.Type))
            .Where(grain => classNamePrefix is null || grain.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))
            .ToList();
        return candidates switch
        {
            [var only] => only,
            [] => throw new ArgumentException($"Could not find an implementation of {grainInterface}{With(classNamePrefix)}."),
            _ => throw new ArgumentException(
                $"{grainInterface}{With(classNamePrefix)} is implemented by {string.Join(", ", candidates.Select(grain => grain.Type))}: "
                + "name one by grainClassNamePrefix."),
        };
    }

    private static string With(string? prefix) => prefix is null ? string.Empty : $" with class name prefix '{prefix}'";
}
