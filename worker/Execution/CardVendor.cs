namespace GpuScheduler.Worker.Execution;

/// <summary>Who made a card decides which variable hides it.</summary>
internal enum CardVendor
{
    Nvidia,
    Amd,
    Intel,
}

/// <summary>The vendor, from the name under which a card is announced; NVIDIA's names seldom hold its own.</summary>
internal static class CardVendors
{
    private static readonly string[] s_amd = ["AMD", "ATI", "RADEON", "INSTINCT"];
    private static readonly string[] s_intel = ["INTEL", "INTEL(R)", "ARC", "IRIS", "UHD"];

    public static CardVendor Of(string model)
    {
        var words = model.ToUpperInvariant().Split([' ', '-', '_', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(word => s_amd.Contains(word) || IsInstinct(word)))
            return CardVendor.Amd;
        return words.Any(s_intel.Contains) ? CardVendor.Intel : CardVendor.Nvidia;
    }

    /// <summary>"MI250X" without its family's name.</summary>
    private static bool IsInstinct(string word) =>
        word.StartsWith("MI", StringComparison.Ordinal) && word.Length > 2 && char.IsAsciiDigit(word[2]);
}
