using Orleans.Serialization;

namespace GpuScheduler.Grains.Serialization;

/// <summary>
/// Orleans refuses types it wasn't told of, also inside collections of the framework; Core's carry no attribute that would tell it.
/// </summary>
internal sealed class CoreTypeNames : ITypeNameFilter
{
    private static readonly string Assembly = typeof(Core.Model.JobId).Assembly.GetName().Name!;

    /// <param name="assemblyName">With or without version and culture.</param>
    public bool? IsTypeNameAllowed(string typeName, string assemblyName) =>
        assemblyName is not null && assemblyName.Split(',')[0] == Assembly ? true : null;
}
