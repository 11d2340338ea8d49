using GpuScheduler.Client.Processes;

namespace GpuScheduler.Client.Commands;

/// <summary>Replays recorded work: --nodes FILE --jobs FILE, --from-store DIR, or a public format with --format.</summary>
internal sealed class SimulateCommand()
    : ProgramVerb("simulate", "replay a recorded workload through the scheduler's decisions", SiblingProgram.Simulator);
