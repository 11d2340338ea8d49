using GpuScheduler.Client.Commands;
using GpuScheduler.Client.Commands.Demo;

namespace GpuScheduler.Client.Parsing;

/// <summary>All verbs, in the order of the overview.</summary>
internal static class VerbTable
{
    public static readonly IReadOnlyList<VerbGroup> Groups =
    [
        new("Jobs",
        [
            new("submit", "hand in a command, a script, or one command a line", () => new SubmitCommand()),
            new("wait", "wait for jobs to end and return their exit code", () => new WaitCommand()),
            new("logs", "print a job's output, or follow it", () => new LogsCommand()),
            new("cancel", "stop jobs, waiting or running", () => new CancelCommand()),
            new("hold", "keep waiting jobs from starting", () => new HoldCommand()),
            new("release", "let held jobs start again", () => new ReleaseCommand()),
            new("requeue", "put jobs back into the queue, resuming from their checkpoint", () => new RequeueCommand()),
            new("checkpoint", "inside a job: report a finished checkpoint", () => new CheckpointCommand()),
        ]),
        new("Queue",
        [
            new("queue", "list jobs that wait or run", () => new QueueCommand()),
            new("show", "everything about one job, with its attempts", () => new ShowCommand()),
            new("explain", "why a job waits, or what it got", () => new ExplainCommand()),
            new("prio", "who goes first, and why", () => new PrioCommand()),
            new("share", "what users and projects used, and are entitled to", () => new ShareCommand()),
        ]),
        new("Pool",
        [
            new("nodes", "machines, their state and use", () => new NodesCommand()),
            new("gpus", "cards, one a line", () => new GpusCommand()),
            new("drain", "take a machine or one card out of service", () => new DrainCommand()),
            new("resume", "put it back into service", () => new ResumeCommand()),
            new("reload", "have the scheduler read its pool.yaml again", () => new ReloadCommand()),
        ]),
        new("This machine",
        [
            new("up", "start a scheduler and this machine's worker in the background", () => new UpCommand()),
            new("down", "stop them", () => new DownCommand()),
            new("scheduler", "run a scheduler in the foreground", () => new SchedulerCommand()),
            new("worker", "run a worker in the foreground", () => new WorkerCommand()),
            new("simulate", "replay a recorded workload through the scheduler's decisions", () => new SimulateCommand()),
            new("whatif", "compare the pool's work on this pool and on a changed one", () => new WhatIfCommand()),
            new("demo", "watch a small pool of mixed cards lose a machine and no work", () => new DemoCommand()),
            new("version", "print the version", () => new VersionCommand()),
        ]),
    ];

    /// <summary>Steps of other verbs, called by the program itself only.</summary>
    private static readonly Verb[] Hidden = [new(DetachCommand.VerbName, "", () => new DetachCommand())];

    public static IEnumerable<Verb> Shown => Groups.SelectMany(group => group.Verbs);

    public static Verb? Find(string name) => Shown.Concat(Hidden).FirstOrDefault(verb => verb.Name == name);
}
