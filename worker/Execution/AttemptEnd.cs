using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution;

/// <summary>Puts into words and codes how an attempt ended. The causes are the wire's.</summary>
internal static class AttemptEnd
{
    private const int NotExecutable = 126;
    private const int NotFound = 127;

    /// <summary>It never ran: the node is at fault.</summary>
    public static AttemptEnded LaunchFailed(string message) => new()
    {
        Cause = EndCause.LaunchFailed, LaunchFault = LaunchFault.Node, Message = RawText.Readable(message),
    };

    /// <summary>It never ran, as the job names or asks for what it can't have here. Status 1, as a shell would end over it.</summary>
    public static AttemptEnded JobFault(string message, LaunchFault fault) => new()
    {
        Cause = EndCause.LaunchFailed, LaunchFault = fault, ExitCode = 1, Message = RawText.Readable(message),
    };

    /// <summary>It was stopped before it ran.</summary>
    public static AttemptEnded NeverStarted(StopAttempt stop) =>
        new() { Cause = stop.Cause, Message = Join(stop.Message, "stopped before it started") };

    /// <summary>The machine was started anew: nothing that was running can have survived.</summary>
    public static AttemptEnded LostAtReboot() =>
        new() { Cause = EndCause.NodeLost, Message = "the machine was restarted while the attempt ran" };

    /// <param name="stop">The order that ended it; null when it ended by itself.</param>
    /// <param name="killedForMemory">The kernel killed processes for want of memory while the attempt ran.</param>
    public static AttemptEnded From(ExitRecord exit, Dispatch dispatch, StopAttempt? stop, bool killedForMemory) => exit.Kind switch
    {
        ExitKind.NoWorkingDirectory => JobFault(
            $"working directory '{dispatch.Spec.WorkingDirectory}' may not be entered; allowed: one that the worker's user can enter",
            LaunchFault.Missing),
        ExitKind.NotStarted => LaunchFailed($"this node could not start the job's process: error {exit.Code} of the kernel"),
        ExitKind.Unknown => Killed(stop),
        ExitKind.Exited => Ended(exit, dispatch, stop, killedForMemory),
    };

    /// <summary>The worker failed at it in a way that nothing foresaw.</summary>
    public static AttemptEnded Broken(Exception fault, StopAttempt? stop)
    {
        var ended = Killed(stop);
        ended.Message = Join(
            stop?.Message, $"the worker failed to follow the attempt ({fault.Message}), so it was ended and counts as failed");
        return ended;
    }

    private static AttemptEnded Killed(StopAttempt? stop) => new()
    {
        Cause = stop?.Cause ?? EndCause.Exited,
        ExitCode = 128 + Signals.Kill,
        Signal = Signals.Kill,
        Message = Join(stop?.Message, "its supervisor was killed, so the exit status is not known and the attempt counts as failed"),
    };

    private static AttemptEnded Ended(ExitRecord exit, Dispatch dispatch, StopAttempt? stop, bool killedForMemory)
    {
        var outOfMemory = killedForMemory && stop is null && exit.Signal == Signals.Kill;
        var ended = new AttemptEnded
        {
            Cause = outOfMemory ? EndCause.OutOfMemory : stop?.Cause ?? EndCause.Exited,
            ExitCode = exit.Code,
            Message = Join(stop?.Message, outOfMemory ? "the kernel killed it for want of host memory" : Explain(exit.Code, dispatch)),
        };
        if (exit.Signal is { } signal)
            ended.Signal = signal;
        return ended;
    }

    private static string Explain(int code, Dispatch dispatch)
    {
        var program = dispatch.Spec.Script.Length > 0 ? "the script" : $"'{dispatch.Spec.Command.FirstOrDefault()}'";
        return code switch
        {
            NotFound when MissingInterpreter(dispatch.Spec) is { } interpreter =>
                $"exit status 127: {program} names '{interpreter}' in its first line, and this node has no such interpreter",
            NotFound => $"exit status 127: {program}, or a command that it calls, was not found",
            NotExecutable => $"exit status 126: {program}, or a command that it calls, may not be executed",
            _ => "",
        };
    }

    /// <summary>The kernel says of a program only that something wasn't found, and means its interpreter.</summary>
    private static string? MissingInterpreter(JobSpec spec)
    {
        const int kernelReads = 256;
        if (spec.Script.Length > 0 || spec.Command.FirstOrDefault() is not { } program || !program.Contains('/'))
            return null;
        var head = RawText.FromBytes(Files.Head(Path.Combine(spec.WorkingDirectory, program), kernelReads));
        return ScriptInterpreter.Parse(head) is [var interpreter, ..] && !Files.Exists(Path.Combine(spec.WorkingDirectory, interpreter))
            ? interpreter
            : null;
    }

    private static string Join(string? first, string second) =>
        string.Join("; ", new[] { first, second }.Where(part => !string.IsNullOrEmpty(part)));
}
