using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Lists of machines as Slurm writes them: <c>a,b,lab-[1-4,7]</c>, <c>rack[1-2]n[01-16]</c>. Zeros in front are kept.</summary>
public static class NodeNames
{
    /// <summary>Most names that one list may stand for.</summary>
    public const int MaxNames = 4096;

    /// <summary>Longest name, as for host names.</summary>
    public const int MaxLength = 253;

    /// <summary>Longest pattern that stands for names: bounds what expanding one can cost.</summary>
    private const int MaxPattern = 1024;

    /// <summary>What <see cref="IsName"/> takes, in words.</summary>
    public const string AllowedName = "1 to 253 letters, digits, '-', '_' and '.'";

    private const string Allowed = "names of letters, digits, '-', '_' and '.', such as a,b,lab-[1-4]";

    /// <summary>True for a name that a machine can have.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Reads a list into names, sorted by ordinal and distinct.</summary>
    public static bool TryParse(string text, string field, out IReadOnlyList<string> names, [NotNullWhen(false)] out Fault? fault)
    {
        var problem = Read(text, out names);
        fault = problem is null ? null : FaultText.Of(field, text, problem);
        return problem is null;
    }

    private static string? Read(string text, out IReadOnlyList<string> names)
    {
        names = [];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var total = 0;
        foreach (var pattern in SplitOutsideBrackets(text))
        {
            var problem = Expand(pattern.Trim(), out var expanded);
            if (problem is not null) return problem;
            found.UnionWith(expanded);
            total += expanded.Count;
            if (total > MaxNames) return $"at most {MaxNames} names";
        }
        names = [.. found];
        return null;
    }

    private static IEnumerable<string> SplitOutsideBrackets(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '[') depth++;
            else if (text[i] == ']') depth--;
            if (text[i] != ',' || depth != 0) continue;
            yield return text[start..i];
            start = i + 1;
        }
        yield return text[start..];
    }

    /// <summary>Replaces the brackets from left to right; every step multiplies what there is so far.</summary>
    private static string? Expand(string pattern, out IReadOnlyList<string> names)
    {
        names = [""];
        if (pattern.Length > MaxPattern) return Allowed;
        for (var rest = pattern; rest.Length > 0;)
        {
            var open = rest.IndexOf('[');
            var plain = open < 0 ? rest : rest[..open];
            var close = open < 0 ? -1 : rest.IndexOf(']', open);
            if (open >= 0 && close < 0) return $"a ']' for each '['; {Allowed}";
            IReadOnlyList<string> choices = [""];
            if (open >= 0 && ReadChoices(rest[(open + 1)..close], out choices) is { } problem) return problem;
            if ((long)names.Count * choices.Count > MaxNames) return $"at most {MaxNames} names";
            names = [.. from name in names from choice in choices select name + plain + choice];
            rest = open < 0 ? "" : rest[(close + 1)..];
        }
        return names.All(IsName) ? null : Allowed;
    }

    private static string? ReadChoices(string text, out IReadOnlyList<string> choices)
    {
        var found = new List<string>();
        choices = found;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var problem = IndexRanges.Read(part, MaxNames, out var indexes);
            if (problem is not null) return problem;
            var width = part.StartsWith('0') ? part.Split('-')[0].Length : 1;
            if (width > 9) return Allowed;
            found.AddRange(indexes.Select(index => index.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0')));
        }
        return null;
    }
}
