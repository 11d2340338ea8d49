using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GpuScheduler.Common.Telemetry;

/// <summary>What one of OpenTelemetry's variables may be.</summary>
/// <param name="Allowed">In words.</param>
/// <param name="Allows">Whether a text is that.</param>
internal sealed record OtlpRule(string Allowed, Func<string, bool> Allows)
{
    public static OtlpRule Address { get; } = new(
        "the address of a collector, such as http://127.0.0.1:4317",
        text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");

    /// <summary>They are how a collector knows its senders: whatever is wrong with them, they are shown nowhere.</summary>
    public static OtlpRule Headers { get; } = new("name=value,name=value, each name once", AreHeaders) { IsSecret = true };

    public static OtlpRule Attributes { get; } = new("name=value,name=value", text => Pairs(text) is not null);

    public static OtlpRule Milliseconds { get; } = Number(1, int.MaxValue) with { Allowed = "milliseconds, a whole number of 1 or more" };

    public static OtlpRule Share { get; } = new("a number from 0 to 1", text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1);

    public static OtlpRule File { get; } = new(
        "a file that can be read", text => CanRead(text, path => System.IO.File.OpenRead(path).Dispose()));

    /// <summary>Whether a file holds the key of a certificate, in a form that is read without a password.</summary>
    /// <param name="certificate">A file with one, as PEM.</param>
    /// <param name="key">The file; null: the certificate's own.</param>
    public static bool IsKeyOf(string certificate, string? key) =>
        CanRead(certificate, path => X509Certificate2.CreateFromPemFile(path, key).Dispose());

    public static OtlpRule Certificates { get; } = new("a file with certificates as PEM", HasCertificates);

    private bool IsSecret { get; init; }

    public static OtlpRule Number(int least, int most) => new(
        most == int.MaxValue ? $"a whole number of {least} or more" : $"a whole number from {least} to {most}",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most);

    public static OtlpRule OneOf(params string[] words) => new(
        string.Join(", ", words), text => words.Contains(text, StringComparer.Ordinal));

    public static OtlpRule OneOfInAnyCase(params string[] words) => new(
        string.Join(", ", words), text => words.Contains(text, StringComparer.OrdinalIgnoreCase));

    /// <summary>What is wrong with a variable; null: nothing, or it isn't set.</summary>
    public OtlpFault? Check(string name, string? value) =>
        string.IsNullOrWhiteSpace(value) || Allows(value) ? null : new(name, IsSecret ? OtlpFault.NotShown : value, Allowed);

    private static bool HasCertificates(string file)
    {
        var certificates = new X509Certificate2Collection();
        var isRead = CanRead(file, certificates.ImportFromPemFile);
        foreach (var certificate in certificates) certificate.Dispose();
        return isRead && certificates.Count > 0;
    }

    /// <summary>Pipes and devices have no length, and are not opened: that could wait for ever, or use up what they hold.</summary>
    private static bool CanRead(string file, Action<string> read)
    {
        try
        {
            if (new FileInfo(file) is not { Exists: true, Length: > 0 }) return false;
            read(file);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>As HTTP can carry them: a name or value that it can't would be told nowhere, and nothing would be sent.</summary>
    private static bool AreHeaders(string text)
    {
        using var request = new HttpRequestMessage();
        var names = new HashSet<string>();
        return Pairs(Uri.UnescapeDataString(text)) is { } pairs
            && pairs.All(pair => names.Add(pair.Name) && IsHeader(request.Headers, pair.Name, pair.Value));
    }

    private static bool IsHeader(HttpRequestHeaders headers, string name, string value) =>
        value.All(char.IsAscii) && !value.Any(char.IsControl) && headers.TryAddWithoutValidation(name, value);

    /// <summary>Null: it isn't a list of pairs.</summary>
    private static List<(string Name, string Value)>? Pairs(string text)
    {
        List<string[]> parts = [.. text.TrimEnd(',').Split(',').Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))];
        return parts.All(pair => pair is [{ Length: > 0 }, _]) ? [.. parts.Select(pair => (pair[0], pair[1]))] : null;
    }
}

/// <summary>A variable that can't be meant as it is.</summary>
internal sealed record OtlpFault(string Variable, string Value, string Allowed)
{
    /// <summary>Instead of a value that may be a secret.</summary>
    public const string NotShown = "(not shown)";
}
