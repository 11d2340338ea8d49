using GpuScheduler.Benchmarks.Cycles;
using GpuScheduler.Benchmarks.Measures;
using GpuScheduler.Benchmarks.Micro;
using GpuScheduler.Benchmarks.Output;

namespace GpuScheduler.Benchmarks;

/// <summary>Measures the product as users have it: real processes, real disk. See README.md.</summary>
internal static class Program
{
    private const string Usage = """
        usage: benchmarks VERB [--app DIR] [--data DIR] [--quick]
          submit    durable submissions/s: single calls and batches from 8 connections
          call      where a single call's time goes: a durable submission beside a call with nothing to store
          cli       the command line as a shell uses it: a process for every call
          noop      no-op jobs/s through one worker with 64 slots, each a real process
          latency   from submission to a job's first instruction, on an idle pool
          ask       what callers of explain cost those who submit, with 200,000 jobs waiting
          store     cost of a commit per change, and of opening 100,000 jobs
          simulate  gpusched simulate over 10,000 to 1,000,000 jobs
          micro     BenchmarkDotNet over the store's hot path (further arguments are BenchmarkDotNet's)
          cycle     the engine alone: a cold pass, and one job's end step by step, with up to 10,000 devices and 1,000,000 waiting jobs,
                    and memory; a further argument chooses rows: cycle "10,000 1,000,000 300 kinds with"
          cycles    BenchmarkDotNet over the same, for all sizes of pool and queue (further arguments are BenchmarkDotNet's)
          all       submit, cli, noop, latency, store
        --app    folder with gpusched-scheduler and gpusched-worker (artifacts/app of the checkout; ./gpusched version makes it)
        --data   folder on the disk to measure (the temporary folder)
        --quick  a tenth of the work: shows that it runs, measures nothing
        """;

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["cycle", .. { Length: < 2 } only]) return CycleMeasure.Run(only.FirstOrDefault(""));
        if (arguments is ["cycles", .. var chosen]) return CycleBenchmarks.Run(chosen);
        if (arguments is ["micro", .. var rest]) return CommitBenchmarks.Run(rest);
        if (Settings.Parse(arguments, out var fault) is not { } settings)
        {
            await Console.Error.WriteLineAsync($"benchmarks: {fault}\n{Usage}");
            return 2;
        }

        Console.WriteLine(Machine.Describe(settings.Data));
        foreach (var measure in Chosen(settings.Verb))
            (await measure(settings)).Print();
        Console.WriteLine(Machine.Load());
        return 0;
    }

    private static IEnumerable<Func<Settings, Task<Table>>> Chosen(string verb) => verb switch
    {
        "submit" => [SubmitMeasure.RunAsync],
        "call" => [CallMeasure.RunAsync],
        "cli" => [CliMeasure.RunAsync],
        "noop" => [NoopMeasure.RunAsync],
        "latency" => [LatencyMeasure.RunAsync],
        "ask" => [AskMeasure.RunAsync],
        "store" => [StoreMeasure.RunAsync],
        "simulate" => [SimulateMeasure.RunAsync],
        _ => [SubmitMeasure.RunAsync, CliMeasure.RunAsync, NoopMeasure.RunAsync, LatencyMeasure.RunAsync, StoreMeasure.RunAsync],
    };
}
