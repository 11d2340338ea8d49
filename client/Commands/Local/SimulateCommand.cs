using GpuScheduler.Client.Processes;

namespace GpuScheduler.Client.Commands;

/// <summary>Replays a recorded workload: --format openb --nodes FILE --pods FILE --order FILE --seed N --policy NAME --output json.</summary>
internal sealed class SimulateCommand() : ProgramVerb("simulate", "replay a recorded workload through the scheduler's decisions", SiblingProgram.Simulator);
