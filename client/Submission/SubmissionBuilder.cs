using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Protos.V1;

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
            Explain(variable, () => flags.Apply(FlagParser.Parse(NewCommand(), [flag]), [flag], Draft));
    }

    public void ApplyCommandLine(ParseResult parsed, IReadOnlyList<string> given)
    {
        // Elsewhere these are forms of the answer; here the job would write to a file of that name.
        if (given.FirstOrDefault(flag => flag is "--output=json" or "--output=table" or "--output=quiet") is { } mistaken)
            throw CommandException.Usage(
                $"--output: '{mistaken["--output=".Length..]}': is the file that the job writes to; for the answer as JSON say --json, "
                    + $"for a file of that name ./{mistaken["--output=".Length..]}");

        flags.Apply(parsed, given, Draft);
    }

    /// <summary>Fills in what follows from where the call was made; returns the names of variables left out.</summary>
    public VariablesLeftOut Complete()
    {
        var spec = Draft.Spec;
        spec.User = context.UserName;
        CheckTasks(spec.Nodes);
        // Only where it says something: "18:00" means the submitter's evening.
        if (spec.Deadline.Length > 0) spec.UtcOffsetMinutes = SubmitterClock.OffsetMinutes(context);
        if (spec.Output.Length == 0 && SlurmNames.IsSbatch(context.CalledAs))
            spec.Output = spec.Array.Length > 0 ? SlurmNames.ArrayOutput : SlurmNames.Output;
        var home = context.Variable("HOME");
        spec.WorkingDirectory = ShellPath.Full(
            "--workdir", spec.WorkingDirectory, home,
            path => context.FullPath(path, "say where the job starts: --workdir DIR, a full path"));
        spec.Output = FullPattern("--output", spec.Output, home);
        spec.Error = FullPattern("--error", spec.Error, home);
        if (spec.Checkpoint is { Directory.Length: > 0 } checkpoint)
            checkpoint.Directory = ShellPath.Full("--checkpoint", checkpoint.Directory, home, path => context.FullPath(path));

        AddShell(spec);
        return ExportedEnvironment.Fill(Draft, context);
    }

    /// <summary>The job's process starts once on each machine: another number of tasks would be another job.</summary>
    private void CheckTasks(int nodes)
    {
        if (Draft.Tasks is { } tasks && tasks != Math.Max(1, nodes))
            throw CommandException.Usage(
                $"--ntasks: '{tasks}': one process starts on each machine, so {Math.Max(1, nodes)} with --nodes {Math.Max(1, nodes)}; "
                    + "start your own processes inside the job");
    }

    private void AddShell(JobSpec spec)
    {
        var shell = context.ReadShell();
        if (shell.Umask is { } umask)
            spec.Umask = umask;
        spec.SoftLimits.AddRange(shell.Limits);
        if (context.TryFindWorkingDirectory() is { } here && here != spec.WorkingDirectory)
            spec.SubmitDirectory = here;
    }

    /// <summary>A following word is the directory, unless it is the script.</summary>
    public static bool IsCheckpointDirectory(string word, ClientContext context) =>
        !word.StartsWith('-') && !RawFile.Exists(context.FullPath(word));

    /// <summary>Only what the user wrote is a pattern: a percent sign in the directory's own name is just that.</summary>
    private string FullPattern(string flag, string pattern, string home) => pattern.Length == 0
        ? ""
        : ShellPath.Full(flag, pattern, Plain(home), path => Path.GetFullPath(path, Plain(Draft.Spec.WorkingDirectory)));

    private static string Plain(string directory) => directory.Replace("%", "%%", StringComparison.Ordinal);

    private void ApplyWords(IReadOnlyList<string> words)
    {
        var command = NewCommand();
        var scanner = new FlagScanner(command, stopAtFirstWord: false) { Refusal = UnsupportedFlags.Reason };
        var line = scanner.Scan(words);
        if (line.Words.Count > 0)
            throw CommandException.Usage($"'{line.Words[0]}': a directive holds flags only, such as --gpus 1");

        flags.Apply(FlagParser.Parse(command, line.Flags), line.Flags, Draft);
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
