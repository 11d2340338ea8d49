using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Devices;

/// <summary>Puts together what is known of a card: the worker's word first, then the catalog's.</summary>
internal static class FactsFinder
{
    /// <summary>A whole card has seven compute slices, whatever the model that can be cut.</summary>
    private const int SlicesOfCard = 7;

    /// <param name="announced">What the worker said.</param>
    /// <param name="known">The catalog's model; null: unknown.</param>
    /// <param name="mig">Set for a part of a card: it computes its share, and has no link to peers.</param>
    public static CardFacts Of(CardFacts announced, DeviceModel? known, MigSlice? mig) => announced with
    {
        ComputeCapability = announced.ComputeCapability ?? known?.ComputeCapability,
        Ecc = announced.Ecc ?? known?.Ecc,
        Link = mig is null ? announced.Link ?? (known is null ? null : known.LinkGbs is not null) : false,
        Watts = announced.Watts ?? Part(known?.TdpWatts, mig),
        PriceUsd = announced.PriceUsd ?? Part(known?.LaunchPriceUsd, mig),
        Rates = known is null ? default : mig is null ? Of(known, 1) : Of(known, (double)MigNames.SlicesOf(mig.Profile) / SlicesOfCard),
    };

    /// <summary>What the catalog alone says of a model.</summary>
    public static CardFacts Of(DeviceModel known) => Of(CardFacts.Unknown, known, null);

    /// <summary>Slices share the card's watts and price; rounded up, so that they never draw more than the card is reckoned with.</summary>
    private static int? Part(int? whole, MigSlice? mig) =>
        mig is null || whole is not { } all ? whole : (int)Math.Ceiling(all * (double)MigNames.SlicesOf(mig.Profile) / SlicesOfCard);

    private static CardRates Of(DeviceModel known, double part) => new(
        known.Fp64 * part, known.Fp32 * part, known.Tf32 * part, known.Fp16 * part, known.Bf16 * part, known.Fp8 * part);
}
