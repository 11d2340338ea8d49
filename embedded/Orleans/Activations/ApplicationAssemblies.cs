using System.Reflection;

namespace Orleans.Embedded.Activations;

/// <summary>The assemblies that can hold grains: those that reference this one, loaded or named by one that is.</summary>
internal sealed class ApplicationAssemblies
{
    private static readonly string s_self = typeof(ApplicationAssemblies).Assembly.GetName().Name!;

    public IEnumerable<Type> Types() => Find().SelectMany(LoadableTypes);

    private static HashSet<Assembly> Find()
    {
        var found = new HashSet<Assembly> { typeof(ApplicationAssemblies).Assembly };
        var seen = new HashSet<string>();
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            Visit(assembly, seen, found);
        return found;
    }

    /// <summary>Follows references, since an assembly isn't loaded before its first use; the platform's own are left out.</summary>
    private static void Visit(Assembly assembly, HashSet<string> seen, HashSet<Assembly> found)
    {
        if (assembly.IsDynamic || !seen.Add(assembly.FullName!))
            return;
        var references = assembly.GetReferencedAssemblies();
        if (references.Any(reference => reference.Name == s_self))
            found.Add(assembly);
        foreach (var reference in references.Where(reference => !IsPlatform(reference)))
        {
            if (TryLoad(reference) is { } loaded)
                Visit(loaded, seen, found);
        }
    }

    private static bool IsPlatform(AssemblyName name) =>
        name.Name is "mscorlib" or "netstandard"
        || name.Name!.StartsWith("System.", StringComparison.Ordinal)
        || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            // Left out on purpose when the application was published; then it holds no grain that could be called.
            return null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static IEnumerable<Type> LoadableTypes(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
