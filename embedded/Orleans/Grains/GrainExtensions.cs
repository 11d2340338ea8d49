using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity of a grain or of a reference to one, and references made from either.</summary>
public static class GrainExtensions
{
    /// <summary>A reference that others may call; a grain hands out this, never itself.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        grain switch
        {
            IGrainBase { GrainContext: { } context } => GrainReference.Create<TGrainInterface>(context.GrainId, RouteOf(context)),
            GrainReference reference => GrainReference.Create<TGrainInterface>(reference.GrainId, reference.Route),
            _ => throw NotAGrain(grain),
        };

    /// <summary>The same grain seen through another of its interfaces.</summary>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        IGrainBase { GrainContext: { } context } => context.GrainId,
        GrainReference reference => reference.GrainId,
        _ => throw NotAGrain(grain),
    };

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    private static ICallRoute RouteOf(IGrainContext context) => ((Embedded.Activations.Activation)context).Route;

    private static Exception NotAGrain(IAddressable? grain) => grain is null
        ? new ArgumentNullException(nameof(grain))
        : new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain));
}
