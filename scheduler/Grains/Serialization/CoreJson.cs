using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GpuScheduler.Grains.Serialization;

/// <summary>
/// How Core's types travel between silos. Core has no packages and so can't carry Orleans' attributes: a cluster's silos write
/// them as JSON. The messages around them carry the attributes. Inside one silo nothing is written at all.
/// </summary>
public static class CoreJson
{
    /// <summary>For <c>AddJsonSerializer</c>.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameKinds } },
    };

    /// <summary>Types that are written as JSON.</summary>
    public static bool Covers(Type type) => type.Namespace?.StartsWith("GpuScheduler.Core", StringComparison.Ordinal) == true;

    /// <summary>
    /// A message with several kinds (<c>PoolInput.Submit</c>, <c>PoolInput.Cancel</c>…) says which one it is by the kind's name.
    /// </summary>
    private static void NameKinds(JsonTypeInfo info)
    {
        if (!info.Type.IsAbstract || !Covers(info.Type) || info.Kind != JsonTypeInfoKind.Object) return;
        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
        foreach (var kind in info.Type.GetNestedTypes().Where(nested => nested.BaseType == info.Type))
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, kind.Name));
    }
}
