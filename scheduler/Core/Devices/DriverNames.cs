using System.Text;

namespace GpuScheduler.Core.Devices;

/// <summary>Turns what drivers call cards into keys: <c>NVIDIA A100-SXM4-80GB</c> → <c>A100</c>,
/// <c>NVIDIA RTX 6000 Ada Generation</c> → <c>RTX6000ADA</c>, <c>Quadro RTX 6000</c> → <c>QUADRORTX6000</c>.</summary>
internal static class DriverNames
{
    /// <summary>Words that name a vendor or brand and never tell two models apart.</summary>
    private static readonly HashSet<string> Brands = new(StringComparer.Ordinal)
    {
        "NVIDIA", "AMD", "ATI", "INTEL", "CORPORATION", "INC.", "INC", "R", "TM", "TESLA", "GEFORCE", "INSTINCT", "RADEON", "GRAPHICS",
        "GPU",
        "GENERATION", "BLACKWELL", "WORKSTATION", "SERVER", "EDITION",
    };

    /// <summary>Words for a form of the same model. Memory sizes count as such too.</summary>
    private static readonly HashSet<string> Forms = new(StringComparer.Ordinal)
    {
        "SXM", "SXM2", "SXM3", "SXM4", "SXM5", "SXM6", "PCIE", "NVL", "OAM", "DGXS", "FHHL", "HBM2", "HBM2E", "HBM3", "HBM3E",
    };

    /// <summary>The key; of a name that is nothing but brands, the name itself without blanks.</summary>
    public static string Key(string driverName)
    {
        var words = Words(driverName);
        var key = string.Concat(words.Where(word => !Brands.Contains(word) && !Forms.Contains(word) && !IsMemory(word)));
        return key.Length == 0 ? string.Concat(words) : Integrated(key) ?? key;
    }

    /// <summary>The words, upper case.</summary>
    public static IReadOnlyList<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in name.ToUpperInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '.') word.Append(c);
            else Flush(word, words);
        }
        Flush(word, words);
        return words;
    }

    private static void Flush(StringBuilder word, List<string> words)
    {
        if (word.Length > 0) words.Add(word.ToString());
        word.Clear();
    }

    /// <summary><c>80GB</c>, <c>40G</c>.</summary>
    private static bool IsMemory(string word)
    {
        var digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && word.AsSpan(digits) is "GB" or "G";
    }

    /// <summary>Integrated graphics carry the chip's number (<c>UHD 770</c>, <c>Vega 8</c>), which tells nothing more.
    /// <c>RX Vega 64</c> is a card of its own, and keeps its key.</summary>
    private static string? Integrated(string key) => key switch
    {
        _ when key.StartsWith("UHD", StringComparison.Ordinal) => "UHD",
        _ when key.StartsWith("IRISXE", StringComparison.Ordinal) => "IRISXE",
        _ when key.StartsWith("VEGA", StringComparison.Ordinal) && int.TryParse(key.AsSpan(4), out var units) && units <= 11 => "VEGA",
        _ => null,
    };
}
