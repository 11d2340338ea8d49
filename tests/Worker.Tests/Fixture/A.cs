using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>Builders: a test states only what matters to it.</summary>
internal static class A
{
    private static int _jobs;

    public static Dispatch Command(params string[] command) => Job(new() { Name = "test", User = "ada", Command = { command } });

    /// <summary>A shell command line as one command job.</summary>
    public static Dispatch Shell(string line) => Command("sh", "-c", line);

    public static Dispatch Script(string text, params string[] arguments) =>
        Job(new() { Name = "test", User = "ada", Script = text, ScriptArguments = { arguments } });

    public static Dispatch Job(JobSpec spec) => new()
    {
        JobId = $"{Interlocked.Increment(ref _jobs)}",
        Attempt = 1,
        Spec = spec,
        Tier = "validation",
        CpuCores = 2,
        MemoryMib = 512,
        Grace = Duration.FromTimeSpan(TimeSpan.FromSeconds(30)),
    };

    public static Dispatch With(this Dispatch dispatch, Action<Dispatch> change)
    {
        change(dispatch);
        return dispatch;
    }

    public static Dispatch WithCheckpoints(this Dispatch dispatch, string directory, string signal = "") =>
        dispatch.With(job => job.Spec.Checkpoint = new() { Enabled = true, Directory = directory, Signal = signal });
}
