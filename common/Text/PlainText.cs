using System.Globalization;
using System.Text;

namespace GpuScheduler.Common.Text;

/// <summary>
/// The one filter for text that people wrote, before it reaches a terminal or a log: names, comments, arguments and paths may hold
/// characters that move the cursor, set the window's title, turn the direction of writing, or begin a line that we never wrote.
/// </summary>
internal static class PlainText
{
    private const char Substitute = '?';

    /// <summary>Exactly one line.</summary>
    public static string OneLine(string text) => Replace(text, static letter => Commands(letter));

    /// <summary>Line feeds stay; for texts whose single values are one line each already.</summary>
    public static string Lines(string text) => Replace(text, static letter => letter != '\n' && Commands(letter));

    /// <summary>JSON that a terminal shows as it is written: what JSON itself lets pass is escaped, too.</summary>
    public static string Json(string json)
    {
        if (!json.Any(static letter => letter is not '\n' && Commands(letter)))
            return json;
        var text = new StringBuilder(json.Length + 16);
        foreach (var letter in json)
        {
            if (letter is not '\n' && Commands(letter))
                text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            else
                text.Append(letter);
        }

        return text.ToString();
    }

    /// <summary>Control characters of both sets, line and paragraph separators, and what turns the direction of writing. Joiners and
    /// the soft hyphen belong to ordinary words.</summary>
    private static bool Commands(char letter) => char.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => letter is not ('\u00AD' or '\u200C' or '\u200D'),
        _ => false,
    };

    private static string Replace(string text, Func<char, bool> isRefused) => text.Any(isRefused)
        ? string.Create(text.Length, (text, isRefused), static (letters, source) =>
        {
            for (var i = 0; i < letters.Length; i++)
                letters[i] = source.isRefused(source.text[i]) ? Substitute : source.text[i];
        })
        : text;
}
