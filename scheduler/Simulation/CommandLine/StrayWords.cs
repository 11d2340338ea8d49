using System.CommandLine;
using GpuScheduler.Core.Admission;

namespace GpuScheduler.Simulation.CommandLine;

/// <summary>Words that no flag takes, with what was probably meant.</summary>
internal static class StrayWords
{
    /// <summary>What follows an unknown flag is most likely its value, and not worth a message.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var flags = parsed.UnmatchedTokens.Where(word => word.StartsWith('-')).ToList();
        return flags.Count > 0
            ? [.. flags.Select(word => $"unknown flag '{word}'{Guess(word.Split('=')[0], parsed.CommandResult.Command.Options)}")]
            : [.. parsed.UnmatchedTokens.Select(word => $"'{word}' is too much: every value follows its flag")];
    }

    private static string Guess(string word, IEnumerable<Option> known) =>
        Nearest.To(word, known.Select(flag => flag.Name), 1) is [var near] ? $": did you mean '{near}'?" : " ('--help' lists them)";
}
