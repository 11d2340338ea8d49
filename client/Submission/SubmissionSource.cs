using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Submission;

/// <summary>Decides what a submission runs, from its words, flags and standard input, and lays out one draft for each job.</summary>
internal sealed class SubmissionSource(SpecFlags flags, Call call, string? wrap, bool eachLine)
{
    private const string StandardInput = "-";

    /// <summary>Names of variables that were not handed on although they say something.</summary>
    public VariablesLeftOut LeftOut { get; private set; } = VariablesLeftOut.None;

    public IReadOnlyList<SubmissionDraft> Read()
    {
        if (eachLine)
            return ReadLines();

        if (wrap is not null)
            return [Wrap(wrap)];

        if (call.Line.WordsFollowDashes)
            return [Command(RequireWords(), name: "")];

        return [Script()];
    }

    private IReadOnlyList<string> RequireWords() => call.Words.Count > 0 && call.Words[0].Length > 0
        ? call.Words
        : throw CommandException.Usage("submit: the command after '--' is missing; usage: gpusched submit [FLAGS] -- COMMAND [ARGS]");

    private IReadOnlyList<SubmissionDraft> ReadLines()
    {
        var drafts = new List<SubmissionDraft>();
        while (call.Context.Console.In.ReadLine() is { } line)
        {
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
                drafts.Add(Command(["/bin/sh", "-c", text], RawText.Readable(Path.GetFileName(text.Split(' ')[0]))));
        }

        return drafts.Count > 0 ? drafts : throw CommandException.Usage("--each-line: standard input holds no command");
    }

    private SubmissionDraft Wrap(string text)
    {
        if (call.Words.Count > 0)
            throw CommandException.Usage($"--wrap: '{call.Words[0]}' follows: give either --wrap or a script");

        return Finish(new SubmissionBuilder(flags, call.Context), spec => (spec.Script, spec.Name) = ($"#!/bin/sh\n{text}\n", "wrap"));
    }

    private SubmissionDraft Command(IReadOnlyList<string> words, string name) =>
        Finish(new SubmissionBuilder(flags, call.Context), spec =>
        {
            spec.Command.AddRange(words);
            spec.Name = name;
        });

    private SubmissionDraft Script()
    {
        var script = ReadScript();
        var builder = new SubmissionBuilder(flags, call.Context);
        var directives = DirectiveReader.Read(script);
        foreach (var warning in directives.Warnings)
            call.Remark(warning);

        return Finish(builder, spec =>
        {
            (spec.Script, spec.Name) = (script.Text, script.Name);
            spec.ScriptArguments.AddRange(call.Words.Skip(1));
            builder.ApplyDirectives(script, directives);
        });
    }

    private ScriptFile ReadScript()
    {
        if (call.Words.Count > 0 && call.Words[0] == StandardInput)
            return ScriptFile.FromStream(call.Context.Console.InBytes);

        if (call.Words.Count > 0)
            return ScriptFile.Read(call.Words[0], call.Context.PathToOpen(call.Words[0]));

        if (call.Context.Console.InIsTerminal)
            throw CommandException.Usage("submit: nothing to run; usage: gpusched submit [FLAGS] SCRIPT [ARGS], or -- COMMAND [ARGS]");

        return ScriptFile.FromStream(call.Context.Console.InBytes);
    }

    private SubmissionDraft Finish(SubmissionBuilder builder, Action<JobSpec> fill)
    {
        fill(builder.Draft.Spec);
        builder.ApplyEnvironment();
        builder.ApplyCommandLine(call.Flags, call.Line.Flags);
        LeftOut = LeftOut.And(builder.Complete());
        return builder.Draft;
    }
}
