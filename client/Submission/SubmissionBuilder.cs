using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Submission;

/// <summary>Lays the sources of a submission over each other: directives, environment, command line; the last one wins.</summary>
internal sealed class SubmissionBuilder(SpecFlags flags, ClientContext context)
{
    public SubmissionDraft Draft { get; } = new();

    public void ApplyDirectives(ScriptFile script, ScriptDirectives read)
    {
        foreach (var directive in read.Directives.OrderBy(directive => directive.Prefix == DirectiveReader.Own))
            Explain($"{script.Name}:{directive.Line}", () => ApplyWords(directive.Words));
    }

    public void ApplyEnvironment()
    {
        foreach (var (variable, flag) in EnvironmentDefaults.Read(context))
            Explain(variable, () => flags.Apply(FlagParser.Parse(NewCommand(), [flag]), Draft));
    }

    public void ApplyCommandLine(ParseResult parsed) => flags.Apply(parsed, Draft);

    /// <summary>Fills in what follows from where the call was made; returns the names of variables held back.</summary>
    public IReadOnlyList<string> Complete()
    {
        var spec = Draft.Spec;
        spec.User = context.UserName;
        // Only where it says something: "18:00" means the submitter's evening.
        if (spec.Deadline.Length > 0) spec.UtcOffsetMinutes = (int)context.Time.GetLocalNow().Offset.TotalMinutes;
        spec.WorkingDirectory = context.FullPath(spec.WorkingDirectory);
        if (spec.Output.Length == 0 && SlurmNames.IsSbatch(context.Variable(SlurmNames.Variable)))
            spec.Output = spec.Array.Length > 0 ? SlurmNames.ArrayOutput : SlurmNames.Output;
        spec.Output = FullPattern(spec.Output);
        spec.Error = FullPattern(spec.Error);
        if (spec.Checkpoint is { Directory.Length: > 0 } checkpoint)
            checkpoint.Directory = context.FullPath(checkpoint.Directory);

        return ExportedEnvironment.Fill(Draft, context);
    }

    /// <summary>A following word is the directory, unless it is the script.</summary>
    public static bool IsCheckpointDirectory(string word, ClientContext context) =>
        !word.StartsWith('-') && !File.Exists(context.FullPath(word));

    private string FullPattern(string pattern) =>
        pattern.Length == 0 ? "" : Path.GetFullPath(pattern, Draft.Spec.WorkingDirectory);

    private void ApplyWords(IReadOnlyList<string> words)
    {
        var command = NewCommand();
        var scanner = new FlagScanner(command, stopAtFirstWord: false) { Refusal = UnsupportedFlags.Reason };
        var line = scanner.Scan(words);
        if (line.Words.Count > 0)
            throw CommandException.Usage($"'{line.Words[0]}': a directive holds flags only, such as --gpus 1");

        flags.Apply(FlagParser.Parse(command, line.Flags), Draft);
    }

    private Command NewCommand()
    {
        var command = new Command("directive");
        foreach (var option in flags.Options)
            command.Add(option);

        return command;
    }

    private static void Explain(string place, Action apply)
    {
        try
        {
            apply();
        }
        catch (CommandException failure)
        {
            throw new CommandException(failure.ExitCode, $"{place}: {failure.Message}");
        }
    }
}
