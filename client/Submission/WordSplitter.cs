using System.Text;
using GpuScheduler.Client.Calls;

namespace GpuScheduler.Client.Submission;

/// <summary>Splits a directive as a shell would split words: quotes, backslash, '#' begins a comment. No expansion.</summary>
internal static class WordSplitter
{
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (quote is null && char.IsWhiteSpace(letter))
                Finish(words, ref word);
            else if (quote is null && word is null && letter == '#')
                break;
            else if (letter == quote)
                quote = null;
            else if (quote is null && letter is '"' or '\'' && quote is null)
                (quote, word) = (letter, word ?? new());
            else if (letter == '\\' && quote != '\'' && i + 1 < text.Length)
                (word ??= new()).Append(text[++i]);
            else
                (word ??= new()).Append(letter);
        }

        if (quote is { } open)
            throw CommandException.Usage($"'{text.Trim()}': the quote {open} is not closed");

        Finish(words, ref word);
        return words;
    }

    private static void Finish(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
            words.Add(word.ToString());

        word = null;
    }
}
