using System.Globalization;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>What may follow a model, each at most once.</summary>
internal struct GpuParts
{
    private const string TwoNumbers = "one count and one size of memory for each model";

    public int? Count { get; private set; }

    public GpuMemory? Memory { get; private set; }

    /// <summary>True for a word that is meant as a count, even if it is wrong: digits, sign and point only.</summary>
    public static bool IsCount(string word) => word.All(c => char.IsAsciiDigit(c) || c is '-' or '+' or '.') && !word.Contains("..", StringComparison.Ordinal);

    /// <summary>Reads one part; null, or what would have been accepted.</summary>
    public string? Read(string word) => IsCount(word) ? ReadCount(word) : ReadMemory(word);

    private string? ReadCount(string word)
    {
        if (Count is not null) return $"{TwoNumbers}; '{FaultText.Piece(word)}' is a second count";
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > GpuExpression.MaxCount)
            return $"'{FaultText.Piece(word)}' is no count of cards: 1 … {GpuExpression.MaxCount}, at most {GpuExpression.MaxCount} cards on one node";
        Count = count;
        return null;
    }

    private string? ReadMemory(string word)
    {
        if (Memory is not null) return $"{TwoNumbers}; '{FaultText.Piece(word)}' is a second size";
        var problem = GpuMemory.Read(word, out var memory);
        if (problem is null) Memory = memory;
        return problem;
    }
}
