namespace GpuScheduler.Core.Devices;

/// <summary>What people call cards.</summary>
internal static class UserNames
{
    private static readonly string[] Vendors = ["NVIDIA", "AMD", "INTEL", "GEFORCE", "TESLA", "INSTINCT"];

    /// <summary>Upper case, without blanks, dashes, underscores and the vendor in front.</summary>
    public static string Normalise(string name)
    {
        var text = string.Concat(name.Where(c => c is not (' ' or '-' or '_'))).ToUpperInvariant();
        foreach (var vendor in Vendors)
            if (text.Length > vendor.Length && text.StartsWith(vendor, StringComparison.Ordinal)) text = text[vendor.Length..];
        return text;
    }

    /// <summary>Every short name, with the key it stands for; null where it could be several. A key always stands for itself.</summary>
    public static Dictionary<string, string?> AliasesOf(IReadOnlyList<string> keys)
    {
        var aliases = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var key in keys)
            foreach (var alias in ShortNames(key))
                aliases[alias] = aliases.ContainsKey(alias) ? null : key;
        foreach (var key in keys) aliases[key] = key;
        return aliases;
    }

    private static IEnumerable<string> ShortNames(string key)
    {
        foreach (var brand in (string[])["QUADRO", "RTX", "GTX"])
            if (key.StartsWith(brand, StringComparison.Ordinal)) yield return key[brand.Length..];
        if (key.EndsWith("ADA", StringComparison.Ordinal)) yield return key[..^3];
    }
}
