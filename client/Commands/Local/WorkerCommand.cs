using GpuScheduler.Client.Processes;

namespace GpuScheduler.Client.Commands;

/// <summary>Runs a worker in the foreground: --server URL --name NODE --inventory FILE --data DIR.</summary>
internal sealed class WorkerCommand() : ProgramVerb("worker", "run a worker in the foreground", SiblingProgram.Worker);
