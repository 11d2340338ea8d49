using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GpuScheduler.Client.Parsing;

/// <summary>Makes options whose complaints name the flag, the value and what is allowed.</summary>
internal static class Flags
{
    public static Option<string?> Text(string name, string valueName, string help, params string[] aliases) =>
        new(name, aliases) { Description = help, HelpName = valueName };

    /// <summary>May be given more than once; the values add up.</summary>
    public static Option<string[]> Texts(string name, string valueName, string help, params string[] aliases) =>
        new(name, aliases) { Description = help, HelpName = valueName, Arity = ArgumentArity.OneOrMore };

    /// <summary>The value may be left out.</summary>
    public static Option<string?> OptionalText(string name, string valueName, string help) =>
        new(name) { Description = help, HelpName = $"[{valueName}]", Arity = ArgumentArity.ZeroOrOne };

    public static Option<bool> Switch(string name, string help, params string[] aliases) =>
        new(name, aliases) { Description = help };

    public static Option<int?> Number(string name, string help, int minimum, int maximum, params string[] aliases) =>
        new(name, aliases) { Description = help, HelpName = "N", CustomParser = result => ParseNumber(result, name, minimum, maximum) };

    /// <param name="longest">In hours.</param>
    public static Option<TimeSpan?> Duration(string name, string help, int longest) =>
        new(name) { Description = help, HelpName = "TIME", CustomParser = result => ParseDuration(result, name, longest) };

    public static Option<string?> Choice(string name, string help, params string[] allowed) =>
        new(name) { Description = help, HelpName = string.Join('|', allowed), CustomParser = result => ParseChoice(result, name, allowed) };

    private static int? ParseNumber(ArgumentResult result, string name, int minimum, int maximum)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum
            && number <= maximum)
            return number;

        result.AddError($"{name}: '{text}': a whole number from {minimum} to {maximum}");
        return null;
    }

    private static TimeSpan? ParseDuration(ArgumentResult result, string name, int longest)
    {
        var text = result.Tokens[0].Value;
        if (DurationText.TryParse(text, out var duration) && duration <= TimeSpan.FromHours(longest))
            return duration;

        result.AddError($"{name}: '{text}': a time from 0s to {longest}h, such as 30s, 5m or 2h");
        return null;
    }

    private static string? ParseChoice(ArgumentResult result, string name, string[] allowed)
    {
        var text = result.Tokens[0].Value;
        if (allowed.Contains(text, StringComparer.Ordinal))
            return text;

        result.AddError($"{name}: '{text}': one of {string.Join(", ", allowed)}");
        return null;
    }
}
