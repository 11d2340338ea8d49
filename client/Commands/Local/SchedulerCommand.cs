using GpuScheduler.Client.Processes;

namespace GpuScheduler.Client.Commands;

/// <summary>Runs a scheduler in the foreground: --data DIR --listen ADDRESS [--config pool.yaml].</summary>
internal sealed class SchedulerCommand() : ProgramVerb("scheduler", "run a scheduler in the foreground", SiblingProgram.Scheduler);
