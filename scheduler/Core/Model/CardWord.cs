using System.Globalization;

namespace GpuScheduler.Core.Model;

/// <summary>Finds the card of a machine that somebody means: its number (<c>1</c>, <c>gpu1</c>, <c>[1]</c>), its uuid, or as much of the
/// uuid's beginning as no other card shares. A number means a card with all of its parts.</summary>
public static class CardWord
{
    private const int MostListed = 16;

    /// <summary>The uuid; null: <paramref name="allowed"/> says what would have been understood.</summary>
    /// <param name="devices">The machine's, as announced.</param>
    /// <param name="gone">Uuids that are known although no such device is there.</param>
    /// <param name="machine">Its name, for the message.</param>
    /// <param name="word">What was written.</param>
    /// <param name="allowed">Empty when it was found.</param>
    public static string? Find(
        IReadOnlyList<Device> devices, IEnumerable<string> gone, string machine, string word, out string allowed)
    {
        allowed = "";
        var numbers = CardNumbers.Of(devices);
        HashSet<string> known = [.. numbers.Keys, .. gone];
        if (known.Contains(word)) return word;
        if (Number(word) is { } number && devices.FirstOrDefault(device => numbers[device.Uuid] == number) is { } card)
            return CardNumbers.WholeOf(card);
        var like = word.Length == 0 ? [] : known.Where(uuid => uuid.StartsWith(word, StringComparison.OrdinalIgnoreCase)).ToList();
        if (like.Count == 1) return like[0];
        allowed = like.Count > 1 ? $"more of the uuid: {Listed(like)} begin like this"
            : devices.Count == 0 ? $"a machine with cards; {machine} has none"
            : $"a card of {machine} by number, uuid or the uuid's beginning: "
                + Listed([.. numbers.Select(pair => $"{pair.Value} {pair.Key}")]);
        return null;
    }

    private static int? Number(string word)
    {
        var figures = word.StartsWith("gpu", StringComparison.OrdinalIgnoreCase) ? word[3..] : word.TrimStart('[').TrimEnd(']');
        return int.TryParse(figures, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string Listed(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostListed)) + (names.Count > MostListed ? " …" : "");
}
