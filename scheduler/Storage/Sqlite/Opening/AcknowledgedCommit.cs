using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Storage.Sqlite.Opening;

/// <summary>The newest commit that a caller may have been told of.</summary>
/// <param name="Identity">The store's.</param>
/// <param name="Number">The commit's; 0: none yet.</param>
/// <param name="Tag">The commit's random mark.</param>
/// <param name="NextJobNumber">Every number below may be known to users.</param>
internal sealed record AcknowledgedCommit(StoreIdentity Identity, long Number, string Tag, long NextJobNumber)
{
    private const string Format = "gpusched-commit 1";
    private const int Parts = 8;

    /// <summary>One line that people can read and that says itself whether it is whole.</summary>
    public string Write()
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Format} {Word(Identity.Id)} {Identity.Generation} {Number} {NextJobNumber} {Word(Tag)}");
        return $"{text} {CheckOf(text)}";
    }

    /// <summary>Null for anything that <see cref="Write"/> did not write whole.</summary>
    public static AcknowledgedCommit? Read(string line)
    {
        var text = line.Trim();
        var parts = text.Split(' ');
        var end = text.LastIndexOf(' ');
        if (parts.Length != Parts || !text.StartsWith(Format, StringComparison.Ordinal) || parts[^1] != CheckOf(text[..end])) return null;
        return Number(parts[3]) is { } generation && Number(parts[4]) is { } number && Number(parts[5]) is { } next
            ? new AcknowledgedCommit(new StoreIdentity(Value(parts[2]), generation), number, Value(parts[6]), next)
            : null;

        static long? Number(string part) =>
            long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string Word(string value) => value.Length == 0 ? "-" : value;

    private static string Value(string word) => word == "-" ? "" : word;

    private static string CheckOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)).AsSpan(0, 8));
}
