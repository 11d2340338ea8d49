using System.Text;
using GpuScheduler.Core.Engine;

namespace GpuScheduler.Core.Admission;

/// <summary>Makes faults whose value is safe to print on one line of a terminal.</summary>
internal static class FaultText
{
    private const int Longest = 80;

    /// <summary>A fault with the value cut to 80 characters and control characters shown as <c>?</c>.</summary>
    public static Fault Of(string field, string value, string allowed) => new(field, Printable(value), allowed);

    private static string Printable(string value)
    {
        var cut = value.Length > Longest;
        var text = new StringBuilder(Longest);
        foreach (var c in value.AsSpan(0, cut ? Longest - 1 : value.Length))
            text.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        return cut ? text.Append('…').ToString() : text.ToString();
    }
}
