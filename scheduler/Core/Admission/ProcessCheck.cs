using System.Text;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Rules;

namespace GpuScheduler.Core.Admission;

/// <summary>Checks what is to run: who, what, where, with which environment.</summary>
/// <param name="Draft">The draft with the signal's name in its canonical form.</param>
/// <param name="Name">The job's name; by default the program's file name.</param>
internal readonly record struct ProcessCheck(JobDraft Draft, string Name)
{
    /// <summary>Adds what is wrong to <paramref name="faults"/>.</summary>
    public static ProcessCheck Run(JobDraft draft, FaultList faults)
    {
        CheckLabels(draft, faults);
        CheckCommand(draft, faults);
        CheckScript(draft.Script, faults);
        EnvironmentCheck.Run(draft.Environment, faults);
        SurroundingsCheck.Run(draft.Surroundings, faults);
        PathCheck.Folder(draft.WorkingDirectory, "workdir", faults);
        PathCheck.OutputPattern(draft.Output, draft.WorkingDirectory, "output", faults);
        PathCheck.OutputPattern(draft.Error, draft.WorkingDirectory, "error", faults);
        var checkpoint = CheckCheckpoint(draft.Checkpoint, faults);
        return new(checkpoint == draft.Checkpoint ? draft : draft with { Checkpoint = checkpoint }, NameOf(draft));
    }

    private static void CheckLabels(JobDraft draft, FaultList faults)
    {
        faults.Require(draft.Name.Length <= Limits.NameLength && TextRule.IsLine(draft.Name), "name", draft.Name,
            $"at most {Limits.NameLength} characters, without line breaks");
        faults.Require(draft.User.Length is > 0 and <= Limits.UserLength && TextRule.IsPlain(draft.User), "user", draft.User,
            $"1 … {Limits.UserLength} characters without blanks");
        faults.Require(draft.Project.Length <= Limits.UserLength && TextRule.IsPlain(draft.Project), "project", draft.Project,
            $"at most {Limits.UserLength} characters without blanks");
        faults.Require(draft.Comment.Length <= Limits.CommentLength && !draft.Comment.Contains('\0'), "comment", draft.Comment,
            $"at most {Limits.CommentLength} characters");
    }

    private static void CheckCommand(JobDraft draft, FaultList faults)
    {
        if (draft.Command.Count == 0)
        {
            faults.Require(draft.Script.Length > 0, "command", "", "a program after --, or a script");
            return;
        }
        faults.Require(draft.Script.Length > 0 || draft.Command[0].Length > 0, "command", draft.Command[0], "a program's name");
        long total = 0;
        for (var i = 0; i < draft.Command.Count; i++)
        {
            var argument = draft.Command[i];
            var bytes = Encoding.UTF8.GetByteCount(argument);
            total += bytes + 1;
            faults.Require(bytes <= Limits.ArgumentBytes && !argument.Contains('\0'), $"command[{i}]", argument,
                $"at most {Limits.ArgumentBytes} bytes, without NUL");
        }
        faults.Require(
            total <= Limits.EnvironmentBytes, "command", $"{total} bytes", $"at most {Limits.EnvironmentBytes} bytes in all arguments");
    }

    private static void CheckScript(string script, FaultList faults)
    {
        if (script.Length == 0) return;
        var bytes = Encoding.UTF8.GetByteCount(script);
        if (bytes > Limits.ScriptBytes) faults.Add("script", $"{bytes} bytes", "at most 4 MiB; put data into files beside it");
        else if (script.Contains('\0')) faults.Add("script", script[..Math.Min(script.Length, 40)], "text: this holds NUL, as binaries do");
        else faults.Require(
            script.StartsWith("#!", StringComparison.Ordinal), "script", script.Split('\n')[0],
            "a first line that names the interpreter, such as #!/bin/sh");
    }

    private static CheckpointSpec CheckCheckpoint(CheckpointSpec checkpoint, FaultList faults)
    {
        PathCheck.Folder(checkpoint.Directory, "checkpoint", faults);
        if (checkpoint.Signal.Length == 0) return checkpoint;
        if (checkpoint.Signal.Trim().Length == 0) return checkpoint with { Signal = "" };
        faults.Require(checkpoint.Enabled, "checkpoint-signal", checkpoint.Signal, "only with --checkpoint");
        if (SignalNames.TryParse(checkpoint.Signal, "checkpoint-signal", out var name, out var fault))
            return checkpoint with { Signal = name };
        faults.Add(fault);
        return checkpoint;
    }

    private static string NameOf(JobDraft draft)
    {
        if (draft.Name.Trim().Length > 0) return draft.Name.Trim();
        if (draft.Script.Length > 0 || draft.Command.Count == 0) return "script";
        var name = new string([.. CommandName.Of(draft.Command).Where(c => !char.IsControl(c)).Take(Limits.NameLength)]);
        return name.Length > 0 ? name : "command";
    }
}
