using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>
/// What a card must have besides model and memory: <c>cc>=8.0</c> (also <c>></c>, <c>&lt;=</c>, <c>&lt;</c>, <c>=</c>), <c>ecc</c>, a
/// precision (<c>bf16</c>), <c>driver>=535.104</c>, <c>cuda>=12.4</c>. Each once; <c>cc</c> once downwards and once upwards.
/// </summary>
public static class GpuCondition
{
    private const string Once = "each condition once";

    private static readonly string[] Operators = [">=", "<=", "==", ">", "<", "="];

    /// <summary>Names before an operator.</summary>
    private static readonly string[] Subjects = ["CC", "DRIVER", "CUDA"];

    /// <summary>True for a word that is meant as a condition, even if it is wrong.</summary>
    internal static bool IsMeant(string word) => Is(word, "ECC") || Precisions.Find(word) is not null || word.AsSpan().ContainsAny("<>=");

    /// <summary>Adds one condition; null, or what would have been accepted.</summary>
    internal static string? Read(string word, ref CardNeeds needs)
    {
        if (Is(word, "ECC")) return Set(!needs.Ecc, needs with { Ecc = true }, ref needs);
        if (Precisions.Find(word) is { } precision) return Set(needs.Precision is null, needs with { Precision = precision }, ref needs);
        var at = word.AsSpan().IndexOfAny("<>=");
        var (subject, rest) = (word[..at].Trim().ToUpperInvariant(), word[at..]);
        var sign = Operators.First(candidate => rest.StartsWith(candidate, StringComparison.Ordinal));
        var value = rest[sign.Length..].Trim();
        if (!Subjects.Contains(subject))
            return $"'{FaultText.Piece(word)}' is no condition: cc>=8.0, ecc, {Precisions.Names}, driver>=535.104 or cuda>=12.4";
        return subject == "CC" ? ReadCapability(word, sign, value, ref needs) : ReadVersion(word, subject, sign, value, ref needs);
    }

    /// <summary>The canonical form, a colon before each condition.</summary>
    internal static string Format(CardNeeds needs)
    {
        var text = "";
        if (needs.MinCapability is { } least && needs.MaxCapability == least) text += $":cc={Capability(least)}";
        else if (needs.MinCapability is { } from) text += $":cc>={Capability(from)}";
        if (needs.MaxCapability is { } most && needs.MinCapability != most) text += $":cc<={Capability(most)}";
        if (needs.Ecc) text += ":ecc";
        if (needs.Precision is { } precision) text += $":{Precisions.NameOf(precision)}";
        if (needs.MinDriver is { } driver) text += $":driver>={driver}";
        return needs.MinCuda is { } cuda ? $"{text}:cuda>={cuda}" : text;
    }

    /// <summary><c>8.0</c> of 80.</summary>
    public static string Capability(int timesTen) => string.Create(CultureInfo.InvariantCulture, $"{timesTen / 10}.{timesTen % 10}");

    private static string? ReadCapability(string word, string sign, string value, ref CardNeeds needs)
    {
        if (!DottedVersion.TryParse(value, out var version) || version is not { Major: >= 1 and < 100, Minor: < 10, Patch: 0 })
            return $"'{FaultText.Piece(word)}' is no compute capability: cc with >=, >, <=, < or = and a version from 1.0 to 99.9, such "
                + "as cc>=8.0";
        var capability = (version.Major * 10) + version.Minor;
        var (least, most) = sign switch
        {
            ">=" => ((int?)capability, (int?)null),
            ">" => (capability + 1, null),
            "<=" => (null, capability),
            "<" => (null, capability - 1),
            _ => (capability, capability),
        };
        var free = (least is null || needs.MinCapability is null) && (most is null || needs.MaxCapability is null);
        var both = needs with { MinCapability = least ?? needs.MinCapability, MaxCapability = most ?? needs.MaxCapability };
        if (free && both.MinCapability > both.MaxCapability)
            return $"no compute capability is {Capability(both.MinCapability.Value)} or more and {Capability(both.MaxCapability.Value)} "
                + "or less";
        return Set(free, both, ref needs);
    }

    private static string? ReadVersion(string word, string subject, string sign, string value, ref CardNeeds needs)
    {
        if (sign != ">=" || !DottedVersion.TryParse(value, out var version))
            return $"'{FaultText.Piece(word)}' is no least version: driver>=535.104 or cuda>=12.4";
        return subject == "CUDA"
            ? Set(needs.MinCuda is null, needs with { MinCuda = version }, ref needs)
            : Set(needs.MinDriver is null, needs with { MinDriver = version }, ref needs);
    }

    private static string? Set(bool free, CardNeeds next, ref CardNeeds needs)
    {
        if (!free) return Once;
        needs = next;
        return null;
    }

    private static bool Is(string word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);
}
