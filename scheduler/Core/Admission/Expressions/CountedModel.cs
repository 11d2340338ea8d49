using System.Globalization;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>A count in front of a model, as in <c>2xA100</c>; the same as <c>A100:2</c>.</summary>
/// <param name="Count">As written.</param>
/// <param name="Rest">What follows the <c>x</c>: only a known model makes a counted model of it.</param>
public readonly record struct CountedModel(string Count, string Rest)
{
    /// <summary>Takes a word apart; false when it doesn't begin with digits and an <c>x</c>.</summary>
    public static bool TryRead(string word, out CountedModel counted)
    {
        counted = default;
        var digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0) return false;
        var rest = word[digits..].TrimStart();
        if (rest.Length < 2 || rest[0] is not ('x' or 'X' or '×' or '*')) return false;
        counted = new(word[..digits], rest[1..].TrimStart());
        return counted.Rest.Length > 0;
    }

    /// <summary>True for a number of cards that one node may have.</summary>
    public static bool IsCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= GpuExpression.MaxCount;
}
