using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;

namespace GpuScheduler.Client.Submission;

/// <summary>One directive line of a script.</summary>
internal sealed record Directive(int Line, string Prefix, IReadOnlyList<string> Words);

/// <summary>What a script says about itself: its directives, and those that come too late to count.</summary>
internal sealed record ScriptDirectives(IReadOnlyList<Directive> Directives, IReadOnlyList<string> Warnings);

/// <summary>Reads #GPUSCHED and #SBATCH lines: only before the first command and in the first 32 KiB, so that a here-document
/// or a copied script further down is never taken for an order.</summary>
internal static class DirectiveReader
{
    public const string Own = "#GPUSCHED";
    public const string Slurms = "#SBATCH";

    private const int Window = 32 * 1024;

    public static ScriptDirectives Read(ScriptFile script)
    {
        var directives = new List<Directive>();
        var warnings = new List<string>();
        var header = true;
        var (number, offset) = (0, 0);
        foreach (var line in script.Text.Split('\n'))
        {
            number++;
            header = header && offset < Window && (line.StartsWith('#') || string.IsNullOrWhiteSpace(line));
            offset += line.Length + 1;
            if (PrefixOf(line) is not { } prefix)
            {
                if (header)
                    RefuseMisspelt(script, number, line);
            }
            else if (header)
                directives.Add(new(number, prefix, Split(script, number, line[prefix.Length..])));
            else
                warnings.Add($"{script.Name}:{number}: '{line.Trim()}' comes after the first command or 32 KiB and is not read");
        }

        return new(directives, warnings);
    }

    private static string? PrefixOf(string line)
    {
        var prefix = line.StartsWith(Own, StringComparison.Ordinal)
            ? Own
            : line.StartsWith(Slurms, StringComparison.Ordinal)
            ? Slurms
            : null;
        // Without a blank, too, as sbatch reads it: "#SBATCH--mem=4G".
        return prefix is not null && (line.Length == prefix.Length || char.IsWhiteSpace(line[prefix.Length]) || line[prefix.Length] == '-')
            ? prefix
            : null;
    }

    private static IReadOnlyList<string> Split(ScriptFile script, int number, string text)
    {
        try
        {
            return WordSplitter.Split(text);
        }
        catch (CommandException failure)
        {
            throw CommandException.Usage($"{script.Name}:{number}: {failure.Message}");
        }
    }

    /// <summary>"#SBTACH --mem=4G" is no comment that anybody means.</summary>
    private static void RefuseMisspelt(ScriptFile script, int number, string line)
    {
        var words = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || words[0].Length < 4 || words[0][1] is '#' or '!' || !words[1].StartsWith('-'))
            return;

        var hint = NearestName.Hint(words[0], [Own, Slurms]);
        if (hint.Length > 0)
            throw CommandException.Usage($"{script.Name}:{number}: unknown directive '{words[0]}'{hint}");
    }
}
