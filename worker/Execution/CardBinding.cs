using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// Tells an attempt's programs which cards are theirs, in each vendor's own way, and hides all others.
/// <list type="bullet">
/// <item>NVIDIA: CUDA_VISIBLE_DEVICES takes UUIDs (CUDA programming guide, environment variables).</item>
/// <item>AMD: ROCR_VISIBLE_DEVICES takes UUIDs "GPU-…" or places; HIP_VISIBLE_DEVICES counts among what that leaves; HIP would also obey
/// CUDA_VISIBLE_DEVICES (ROCm documentation, GPU isolation techniques).</item>
/// <item>Intel: ZE_AFFINITY_MASK takes places alone (oneAPI Level Zero specification, environment variables).</item>
/// </list>
/// A place is the card's among those of its vendor, in the order of the inventory.
/// </summary>
internal sealed class CardBinding(IReadOnlyList<InventoryDevice> inventory)
{
    /// <summary>No machine has so many cards: a mask that shows none. An empty one would show all.</summary>
    private const string NoIntelCard = "255";
    private const string NoHipCard = "-1";

    public void AddTo(Dictionary<string, string> environment, IReadOnlyList<string> granted)
    {
        var cards = granted.ToLookup(VendorOf);
        AddNvidia(environment, [.. cards[CardVendor.Nvidia]], isAlone: cards[CardVendor.Amd].Any() && !Has(CardVendor.Nvidia));
        AddAmd(environment, [.. cards[CardVendor.Amd]], isShown: granted.Count == 0 || Has(CardVendor.Amd));
        AddIntel(environment, [.. cards[CardVendor.Intel]], isShown: granted.Count == 0 || Has(CardVendor.Intel));
        if (granted.Count > 0)
            environment["SLURM_JOB_GPUS"] = string.Join(',', granted.Select(PlaceOf));
    }

    /// <summary>Empty, not absent: a program on a machine with cards then sees none that it wasn't given.</summary>
    /// <param name="isAlone">AMD's programs obey the variable, too: where NVIDIA has no card it is left out for them.</param>
    private static void AddNvidia(Dictionary<string, string> environment, IReadOnlyList<string> cards, bool isAlone)
    {
        environment.TryAdd("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
        environment["CUDA_VISIBLE_DEVICES"] = string.Join(',', cards);
        if (isAlone)
            environment.Remove("CUDA_VISIBLE_DEVICES");
    }

    private void AddAmd(Dictionary<string, string> environment, IReadOnlyList<string> cards, bool isShown)
    {
        environment.Remove("GPU_DEVICE_ORDINAL");
        if (!isShown)
            return;
        environment["ROCR_VISIBLE_DEVICES"] = string.Join(',', cards.Select(card => IsAmdUuid(card) ? card : PlaceOf(card)));
        environment["HIP_VISIBLE_DEVICES"] = cards.Count == 0 ? NoHipCard : string.Join(',', Enumerable.Range(0, cards.Count));
    }

    private void AddIntel(Dictionary<string, string> environment, IReadOnlyList<string> cards, bool isShown)
    {
        if (!isShown)
            return;
        environment["ZE_AFFINITY_MASK"] = cards.Count == 0 ? NoIntelCard : string.Join(',', cards.Select(PlaceOf));
        environment.TryAdd("ZE_ENABLE_PCI_ID_DEVICE_ORDER", "1");
        // Else a place would be a tile's on cards that have several.
        environment.TryAdd("ZE_FLAT_DEVICE_HIERARCHY", "COMPOSITE");
    }

    private bool Has(CardVendor vendor) => inventory.Any(card => CardVendors.Of(card.Model) == vendor);

    private CardVendor VendorOf(string uuid) =>
        inventory.FirstOrDefault(card => card.Uuid == uuid) is { } card ? CardVendors.Of(card.Model) : CardVendor.Nvidia;

    /// <summary>Parts of a card stand where their card does.</summary>
    private string PlaceOf(string uuid)
    {
        var vendor = VendorOf(uuid);
        var cards = inventory.Where(card => CardVendors.Of(card.Model) == vendor).Select(CardOf).Distinct().ToList();
        var asked = inventory.FirstOrDefault(card => card.Uuid == uuid);
        return Math.Max(0, cards.IndexOf(asked is null ? uuid : CardOf(asked))).ToString(CultureInfo.InvariantCulture);
    }

    private static string CardOf(InventoryDevice device) => device.ParentUuid.Length > 0 ? device.ParentUuid : device.Uuid;

    private static bool IsAmdUuid(string uuid) =>
        uuid.StartsWith("GPU-", StringComparison.Ordinal) && uuid.Length > 4
        && uuid[4..].All(letter => char.IsAsciiHexDigit(letter) || letter == '-');
}
