namespace GpuScheduler.Core.Devices;

/// <summary>Profiles of parts of cards, as NVIDIA names them: <c>1g.10gb</c>, <c>3g.40gb</c>, <c>1g.10gb+me</c>.</summary>
public static class MigNames
{
    private const string InDriverName = " MIG ";

    /// <summary>What people are told.</summary>
    public const string Allowed = "a profile such as 1g.10gb or 3g.40gb";

    /// <summary>Compute slices of the profile's card that it has; 0 for a text that is no profile.</summary>
    public static int SlicesOf(string text)
    {
        var plus = text.IndexOf('+');
        var size = plus < 0 ? text.AsSpan() : text.AsSpan(0, plus);
        var point = size.IndexOf("g.", StringComparison.OrdinalIgnoreCase);
        if (point < 1 || !size.EndsWith("gb", StringComparison.OrdinalIgnoreCase) || size.Length < point + 5) return 0;
        if (plus >= 0 && (plus + 1 == text.Length || text.AsSpan(plus + 1).ContainsAnyExcept(Suffix))) return 0;
        return IsNumber(size[(point + 2)..^2]) && int.TryParse(size[..point], out var slices) && slices is > 0 and < 100 ? slices : 0;
    }

    /// <summary>True for a profile's name.</summary>
    public static bool IsProfile(string text) => SlicesOf(text) > 0;

    /// <summary>Drivers name a part after its card: <c>NVIDIA A100-SXM4-40GB MIG 1g.5gb</c>. Null: no such name.</summary>
    public static (string Model, string Profile)? Split(string driverName)
    {
        var at = driverName.LastIndexOf(InDriverName, StringComparison.OrdinalIgnoreCase);
        if (at <= 0) return null;
        var profile = driverName[(at + InDriverName.Length)..].Trim();
        return IsProfile(profile) ? (driverName[..at].TrimEnd(), Normalise(profile)) : null;
    }

    /// <summary>One writing for each profile.</summary>
    public static string Normalise(string profile) => profile.Trim().ToLowerInvariant();

    private static readonly System.Buffers.SearchValues<char> Suffix = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.");

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length is > 0 and < 5 && !text.ContainsAnyExceptInRange('0', '9');
}
