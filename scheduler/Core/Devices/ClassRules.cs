using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Devices;

/// <summary>Grades cards that the catalog doesn't know by how their vendors name them.</summary>
internal static class ClassRules
{
    /// <summary>A class for any name. Doubt means consumer: nothing important is placed there first.</summary>
    public static DeviceClass Of(string driverName)
    {
        var words = DriverNames.Words(driverName);
        bool Has(string word) => words.Contains(word);
        if (Has("GEFORCE") || Has("GTX") || Has("TITAN") || Has("ARC")) return DeviceClass.Consumer;
        if (Has("QUADRO") || Has("RADEON") && Has("PRO") || Has("RTX") && (Has("ADA") || Has("PRO") || words.Any(IsWorkstationNumber)))
            return DeviceClass.Professional;
        if (Has("RTX")) return DeviceClass.Consumer;
        if (Has("TESLA") || Has("INSTINCT") || words.Any(IsServerNumber)) return DeviceClass.Datacenter;
        return Has("UHD") || Has("IRIS") || Has("GRAPHICS") && !Has("RX") || Has("IGPU") ? DeviceClass.Integrated : DeviceClass.Consumer;
    }

    /// <summary><c>A6000</c> after RTX.</summary>
    private static bool IsWorkstationNumber(string word) => word is ['A', _, _, _, ..] && AllDigits(word.AsSpan(1));

    /// <summary>
    /// <c>A100</c>, <c>H200</c>, <c>GB200</c>, <c>L40S</c>, <c>A10G</c>, <c>MI325X</c>: series letters, digits, perhaps one letter.
    /// </summary>
    private static bool IsServerNumber(string word)
    {
        var start = word.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0 || word[..start] is not ("A" or "B" or "GB" or "GH" or "H" or "L" or "MI")) return false;
        var number = word.AsSpan(start);
        return AllDigits(number) || AllDigits(number[..^1]) && char.IsAsciiLetterUpper(number[^1]);
    }

    private static bool AllDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
