using System.CommandLine;
using System.Text;

namespace GpuScheduler.Client.Parsing;

/// <summary>Help for people: usage, flags, then rules and examples, 80 columns wide.</summary>
internal static class HelpText
{
    private const int Width = 80;
    private const int FlagColumn = 30;
    private const int VerbColumn = 14;
    private const int UsageColumn = 7;

    public static string Overview()
    {
        var text = new StringBuilder("gpusched: schedules jobs on a pool of mixed GPUs\n\nUsage: gpusched VERB [FLAGS] [WORDS]\n");
        foreach (var group in VerbTable.Groups)
        {
            text.Append('\n').Append(group.Title).Append('\n');
            foreach (var verb in group.Verbs)
                AppendRow(text, verb.Name, verb.Summary, VerbColumn);
        }

        return text.Append(OverviewNotes).ToString();
    }

    public static string For(ClientCommand command)
    {
        var text = new StringBuilder();
        text.Append($"gpusched {command.Name}: {command.Description}\n\nUsage:");
        // Each way to call it stays on one line.
        var ways = $"gpusched {command.Name} {command.Usage}".TrimEnd().Replace(" | ", " |\n", StringComparison.Ordinal);
        AppendParts(text, ways.Split('\n'), "Usage:".Length, UsageColumn);
        if (command.Options.Count > 0)
            text.Append("\nFlags\n");

        foreach (var option in
            command.Options.Where(option => option.Name != "--help").Concat(command.Options.Where(option => option.Name == "--help")))
            AppendRow(text, FlagNames(option), option.Description ?? "", FlagColumn);

        if (command.Notes.Length > 0)
            text.Append('\n').Append(command.Notes.ReplaceLineEndings("\n").TrimEnd()).Append('\n');

        return text.ToString();
    }

    /// <summary>Long second names are for fingers that know Slurm; the notes tell of them.</summary>
    private static string FlagNames(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias.Length == 2).Append(option.Name));
        return option.ValueType == typeof(bool) ? names : $"{names} {option.HelpName}";
    }

    private static void AppendRow(StringBuilder text, string left, string right, int column)
    {
        text.Append("  ").Append(left);
        var position = left.Length + 2;
        if (position + 2 > column)
        {
            text.Append('\n');
            position = 0;
        }

        AppendParts(text, right.Split(' '), position, column);
    }

    private static void AppendParts(StringBuilder text, string[] parts, int position, int column)
    {
        foreach (var part in parts)
            position = AppendWord(text, part, position, column);

        text.Append('\n');
    }

    private static int AppendWord(StringBuilder text, string word, int position, int column)
    {
        if (position > column && position + 1 + word.Length > Width)
        {
            text.Append('\n');
            position = 0;
        }

        var space = position < column ? column - position : 1;
        text.Append(' ', space).Append(word);
        return position + space + word.Length;
    }

    private const string OverviewNotes = """

        'gpusched VERB --help' tells more. Slurm's names work through links to gpusched:
        sbatch, squeue, sinfo, scancel, sacct.

        The scheduler's address: --server URL, or GPUSCHED_SERVER, or
        http://127.0.0.1:7070.

        Exit codes: 0 done, 2 wrong command line, 3 refused by the scheduler, 4 not
        found, 5 not permitted, 69 scheduler unreachable, 75 try again later,
        124 the client's time limit passed. 'wait' and 'submit --wait' return the job's.

        Moments are by your clock (TZ), with its difference to UTC, in a form that
        --deadline reads; in JSON they are in UTC. Hours of machines name their zone.

        """;
}
