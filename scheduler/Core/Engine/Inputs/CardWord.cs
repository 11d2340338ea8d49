using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Finds the card of a node that an administrator means: its number (<c>1</c>, <c>gpu1</c>, <c>[1]</c>), its uuid, or as much of
/// the uuid's beginning as no other card shares. A number means a card with all of its parts.</summary>
internal static class CardWord
{
    private const int MostListed = 16;

    /// <summary>The uuid; null: <paramref name="allowed"/> says what would have been understood.</summary>
    public static string? Find(Node node, string word, out string allowed)
    {
        allowed = "";
        var known = Known(node);
        if (known.Contains(word)) return word;
        if (Number(word) is { } number && Numbered(node, number) is { } card) return card;
        var like = word.Length == 0 ? [] : known.Where(uuid => uuid.StartsWith(word, StringComparison.OrdinalIgnoreCase)).ToList();
        if (like.Count == 1) return like[0];
        allowed = like.Count > 1 ? $"more of the uuid: {Listed(like)} begin like this" : Cards(node);
        return null;
    }

    /// <summary>Devices, cards that are there only as their parts, and cards that are drained although they are gone.</summary>
    private static HashSet<string> Known(Node node) =>
        [.. node.Devices.SelectMany(device => new[] { device.Uuid, CardNumbers.WholeOf(device) }), .. node.DeviceCordons.Keys];

    private static int? Number(string word)
    {
        var figures = word.StartsWith("gpu", StringComparison.OrdinalIgnoreCase) ? word[3..] : word.TrimStart('[').TrimEnd(']');
        return int.TryParse(figures, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string? Numbered(Node node, int number)
    {
        var numbers = CardNumbers.Of(node.Devices);
        return node.Devices.Where(device => numbers[device.Uuid] == number).Select(CardNumbers.WholeOf).FirstOrDefault();
    }

    private static string Cards(Node node)
    {
        if (node.Devices.Count == 0) return $"a node with cards; {node.Id} has none";
        var numbers = CardNumbers.Of(node.Devices);
        var cards = numbers.Select(card => $"{card.Value} {card.Key}").ToList();
        return $"a card of {node.Id} by number, uuid or the uuid's beginning: {Listed(cards)}";
    }

    private static string Listed(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostListed)) + (names.Count > MostListed ? " …" : "");
}
