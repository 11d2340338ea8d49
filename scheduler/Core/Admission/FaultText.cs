using System.Text;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Makes faults that are safe to print on one line of a terminal, whatever the user wrote.</summary>
internal static class FaultText
{
    private const int LongestValue = 80;
    private const int LongestPiece = 40;
    private const int LongestAllowed = 500;

    /// <summary>A fault with the value cut to 80 characters and control characters shown as <c>?</c>.</summary>
    public static Fault Of(string field, string value, string allowed) =>
        new(field, Printable(value, LongestValue), Printable(allowed, LongestAllowed));

    /// <summary>A piece of the value, for quoting in what is allowed.</summary>
    public static string Piece(string text) => Printable(text.Trim(), LongestPiece);

    private static string Printable(string value, int longest)
    {
        var cut = value.Length > longest;
        var text = new StringBuilder(longest);
        foreach (var c in value.AsSpan(0, cut ? longest - 1 : value.Length))
            text.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        return cut ? text.Append('…').ToString() : text.ToString();
    }
}
