using System.Text;

namespace GpuScheduler.Core.Model;

/// <summary>Makes text of users safe to print within one line of a terminal.</summary>
public static class ShownText
{
    /// <summary>At most so many characters, the last one then <c>…</c>; control characters are shown as <c>?</c>.</summary>
    public static string Of(string text, int longest)
    {
        var cut = text.Length > longest;
        if (!cut && !text.Any(IsHidden)) return text;
        var shown = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var c in text.AsSpan(0, cut ? longest - 1 : text.Length))
            shown.Append(IsHidden(c) ? '?' : c);
        return cut ? shown.Append('…').ToString() : shown.ToString();
    }

    private static bool IsHidden(char c) => char.IsControl(c) || char.IsSurrogate(c);
}
