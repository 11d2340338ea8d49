using System.Globalization;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>What may follow a model, each at most once.</summary>
internal struct GpuParts
{
    private const string TwoNumbers = "one count and one size of memory for each model";

    private CardNeeds _needs;

    public GpuParts() => _needs = CardNeeds.None;

    public int? Count { get; private set; }

    public GpuMemory? Memory { get; private set; }

    public string? Mig { get; private set; }

    public readonly CardNeeds Needs => _needs;

    /// <summary>True for a word that is meant as a count, even if it is wrong: digits, sign and point only.</summary>
    public static bool IsCount(string word) =>
        word.All(c => char.IsAsciiDigit(c) || c is '-' or '+' or '.') && !word.Contains("..", StringComparison.Ordinal);

    /// <summary>True for a word that is meant as a part and never as a model, even if it is wrong.</summary>
    public static bool IsMeant(string word) => IsMig(word) || GpuCondition.IsMeant(word) || IsCount(word) || GpuMemory.IsMeant(word);

    /// <summary>Reads one part; null, or what would have been accepted.</summary>
    public string? Read(string word)
    {
        if (IsMig(word)) return ReadMig(word);
        if (GpuCondition.IsMeant(word)) return GpuCondition.Read(word, ref _needs);
        return IsCount(word) ? ReadCount(word) : ReadMemory(word);
    }

    /// <summary>Reads a profile (<c>1g.10gb</c>), or <c>mig</c> for any.</summary>
    public string? ReadMig(string word)
    {
        if (Mig is not null) return $"one profile for each model; '{FaultText.Piece(word)}' is a second one";
        Mig = MigNames.Normalise(word);
        return null;
    }

    private static bool IsMig(string word) =>
        word.Equals(GpuAlternative.AnyMig, StringComparison.OrdinalIgnoreCase) || MigNames.IsProfile(word);

    private string? ReadCount(string word)
    {
        if (Count is not null) return $"{TwoNumbers}; '{FaultText.Piece(word)}' is a second count";
        if (!CountedModel.IsCount(word, out var count))
            return $"'{FaultText.Piece(word)}' is no count of cards: 1 … {GpuExpression.MaxCount}, at most {GpuExpression.MaxCount} cards "
                + $"on one node{ShareHint(word)}";
        Count = count;
        return null;
    }

    /// <summary>Half a card is a part of one; one and a half can't be had.</summary>
    private static string ShareHint(string word)
    {
        if (!decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cards)) return "";
        if (cards <= 0 || decimal.Truncate(cards) == cards) return "";
        var part = cards < 1 ? word : "0.5";
        return $"; for a part of one card write --gpu-share {FaultText.Piece(part)} instead of --gpus";
    }

    private string? ReadMemory(string word)
    {
        if (Memory is not null) return $"{TwoNumbers}; '{FaultText.Piece(word)}' is a second size";
        var problem = GpuMemory.Read(word, out var memory);
        if (problem is null) Memory = memory;
        return problem;
    }
}
