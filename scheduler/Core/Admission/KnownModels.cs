using GpuScheduler.Core.Devices;

namespace GpuScheduler.Core.Admission;

/// <summary>The models that a request may name: the catalog's, and whatever the pool's nodes have announced.</summary>
/// <param name="catalog">Known kinds of cards.</param>
/// <param name="present">Drivers' names of the cards in the pool.</param>
public sealed class KnownModels(DeviceCatalog catalog, IReadOnlyCollection<string> present)
{
    private const int Suggestions = 3;
    private const int LongestGuess = 40;
    private const int MostNamed = 12;

    private IReadOnlyList<string>? _presentKeys;

    /// <summary>The key for a user's word; null when it is unknown or could mean several.</summary>
    public string? Resolve(string word) =>
        catalog.Resolve(word) ?? PresentKeys().FirstOrDefault(key => key == DeviceCatalog.KeyOf(word));

    /// <summary>What is wrong with a word that <see cref="Resolve"/> doesn't know, with the models that come nearest:
    /// those that contain it, then those of the pool, then the catalog's.</summary>
    public string Unknown(string word)
    {
        var wanted = string.Concat(word.Where(char.IsAsciiLetterOrDigit).Take(LongestGuess)).ToUpperInvariant();
        var candidates = PresentKeys().Concat(catalog.Keys).ToList();
        var containing = candidates.Where(key => wanted.Length > 2 && key.Contains(wanted, StringComparison.Ordinal));
        var nearest = containing.Concat(Nearest.To(wanted, candidates, Suggestions)).Distinct().Take(Suggestions);
        var suggestion = string.Join(", ", nearest).ToLowerInvariant();
        return $"unknown model '{FaultText.Piece(word)}'{(suggestion.Length > 0 ? $"; nearest: {suggestion}" : "")}; {OfThisPool()}";
    }

    private string OfThisPool()
    {
        var keys = PresentKeys();
        if (keys.Count == 0) return "this pool has no cards yet";
        return $"models of this pool: {string.Join(", ", keys.Take(MostNamed)).ToLowerInvariant()}{(keys.Count > MostNamed ? " …" : "")}";
    }

    private IReadOnlyList<string> PresentKeys() =>
        _presentKeys ??= [.. present.Select(DeviceCatalog.KeyOf).Distinct().Order(StringComparer.Ordinal)];
}
