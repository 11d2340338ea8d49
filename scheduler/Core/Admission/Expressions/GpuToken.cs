namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>A mark (<c>, : [ ] @</c>) or a word of a GPU expression; <see cref="End"/> after the last.</summary>
/// <param name="Mark">The mark, <see cref="Word"/> or <see cref="End"/>.</param>
/// <param name="Text">The word.</param>
/// <param name="At">Position of its first character, from 1.</param>
internal readonly record struct GpuToken(char Mark, string Text, int At)
{
    public const char Word = 'w';
    public const char End = 'e';

    /// <summary>Splits an expression; blanks around words don't count, blanks inside do (<c>RTX 4090</c>).</summary>
    public static IReadOnlyList<GpuToken> Split(string text)
    {
        var tokens = new List<GpuToken>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is ',' or ':' or '[' or ']' or '@')
            {
                tokens.Add(new(text[at], text[at].ToString(), ++at));
                continue;
            }
            var length = text.AsSpan(at).IndexOfAny(",:[]@");
            if (length < 0) length = text.Length - at;
            var word = text.AsSpan(at, length);
            var blanks = length - word.TrimStart().Length;
            if (blanks < length) tokens.Add(new(Word, word.Trim().ToString(), at + blanks + 1));
            at += length;
        }
        tokens.Add(new(End, "the end", text.Length + 1));
        return tokens;
    }
}
