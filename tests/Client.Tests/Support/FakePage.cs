using System.Globalization;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>Some entries of a list; the token says where they begin.</summary>
internal sealed record FakePage<T>(IEnumerable<T> Entries, string Next);

/// <summary>Cuts lists.</summary>
internal static class FakePage
{
    public static FakePage<T> Of<T>(IReadOnlyList<T> all, string token, int size)
    {
        var from = token.Length == 0 ? 0 : int.Parse(token, CultureInfo.InvariantCulture);
        var next = all.Count - from > size ? (from + size).ToString(CultureInfo.InvariantCulture) : "";
        return new(all.Skip(from).Take(size), next);
    }
}
