using System.CommandLine;
using GpuScheduler.Client.Calls;

namespace GpuScheduler.Client.Parsing;

/// <summary>A command line taken apart: flags as "--name=value", and the words between or after them.</summary>
internal sealed record ScannedLine(IReadOnlyList<string> Flags, IReadOnlyList<string> Words, bool WordsFollowDashes);

/// <summary>Tells flags from words before anything is parsed. The library would take an unknown flag for a word where words
/// are free, and a script's own flags for ours; people who know sbatch expect neither.</summary>
internal sealed class FlagScanner(Command command, bool stopAtFirstWord)
{
    private readonly List<string> flags = [];
    private readonly List<string> words = [];

    /// <summary>Decides whether the word after a flag with an optional value is that value.</summary>
    public Func<string, bool> TakesOptionalValue { get; init; } = static word => !word.StartsWith('-');

    /// <summary>Says why a flag that others know is refused here, or null.</summary>
    public Func<string, string?> Refusal { get; init; } = static _ => null;

    public ScannedLine Scan(IReadOnlyList<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] == "--")
                return new(flags, [.. words, .. tokens.Skip(i + 1)], words.Count == 0);

            if (!LooksLikeFlag(tokens[i]))
            {
                words.Add(tokens[i]);
                if (stopAtFirstWord)
                    return new(flags, [.. tokens.Skip(i)], false);
            }
            else if (TakeFlag(tokens[i], i + 1 < tokens.Count ? tokens[i + 1] : null))
                i++;
        }

        return new(flags, words, false);
    }

    private static bool LooksLikeFlag(string token) => token.Length > 1 && token[0] == '-' && !char.IsAsciiDigit(token[1]);

    /// <summary>True when the next token was its value.</summary>
    private bool TakeFlag(string token, string? next)
    {
        var (name, attached) = Split(token);
        var option = Find(name) ?? throw Unknown(name);
        if (option.ValueType == typeof(bool))
            return TakeSwitch(option, token, attached);

        if (attached is null && option.Arity.MinimumNumberOfValues == 0 && (next is null || !TakesOptionalValue(next)))
        {
            flags.Add(option.Name);
            return false;
        }

        if (attached is null && (next is null || next.StartsWith("--", StringComparison.Ordinal)))
            throw CommandException.Usage($"flag '{name}' needs a value: {option.HelpName}");

        if ((attached ?? next!).Length == 0)
            throw CommandException.Usage($"flag '{name}' needs a value: {option.HelpName}, not ''");

        Add(option, attached ?? next!);
        return attached is null;
    }

    private bool TakeSwitch(Option option, string token, string? attached)
    {
        flags.Add(option.Name);
        if (attached is null)
            return false;

        if (token.StartsWith("--", StringComparison.Ordinal))
            throw CommandException.Usage($"flag '{option.Name}' takes no value, but has '{attached}'");

        return TakeFlag("-" + attached, null);
    }

    /// <summary>The last one wins, as people expect who append a flag to a long line; lists add up.</summary>
    private void Add(Option option, string value)
    {
        if (option.ValueType != typeof(string[]))
            flags.RemoveAll(flag => flag == option.Name || flag.StartsWith(option.Name + "=", StringComparison.Ordinal));

        flags.Add($"{option.Name}={value}");
    }

    /// <summary>"--name=value", "-cvalue" and "-c=value" carry their value with them.</summary>
    private static (string Name, string? Attached) Split(string token)
    {
        if (!token.StartsWith("--", StringComparison.Ordinal))
            return (token[..2], token.Length == 2 ? null : token[2..].TrimStart('='));

        var equals = token.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (token, null) : (token[..equals], token[(equals + 1)..]);
    }

    private Option? Find(string name) =>
        command.Options.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    private CommandException Unknown(string name)
    {
        if (Refusal(name) is { } reason)
            return CommandException.Usage($"flag '{name}' isn't supported: {reason}");

        if (name == "--json" && Find("--output") is not null)
            return CommandException.Usage("unknown flag '--json': did you mean '--output json'?");

        var known = command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)).Append("--help");
        return CommandException.Usage($"unknown flag '{name}'{NearestName.Hint(name, known.Where(other => other.Length > 2))}");
    }
}
