using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Processes;

namespace GpuScheduler.Client.Commands;

/// <summary>The step between starting a program and leaving it alone: a fresh process that takes its own session, notes who
/// it is, and becomes the program. Called by the client itself only.</summary>
internal sealed class DetachCommand() : ClientCommand(VerbName, "run a program in its own session")
{
    public const string VerbName = "__detach";

    public override string Usage => "LOG PIDFILE PROGRAM [ARGS]";

    public override string WordName => "PROGRAM";

    public override int MinimumWords => 3;

    public override bool HandsOnItsWords => true;

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var (log, pidFile, program) = (call.Words[0], call.Words[1], call.Words[2]);
        Posix.Detach(log);
        var self = ProcessIdentity.Of(Environment.ProcessId)!.Value;
        var part = $"{pidFile}.new";
        OwnFile.Write(part, $"{self.Pid} {self.StartTicks}\n");
        File.Move(part, pidFile, overwrite: true);
        return ProgramVerb.Become(program, [.. call.Words.Skip(3)]);
    }
}
