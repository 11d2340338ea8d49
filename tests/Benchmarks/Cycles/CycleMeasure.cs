using System.Diagnostics;
using System.Globalization;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Core.Engine;

namespace GpuScheduler.Benchmarks.Cycles;

/// <summary>
/// How long cycles take on a full pool with a long queue, each step by itself: the slowest hundredth, and the worst, are what people
/// notice. Also the memory of a waiting job. <see cref="Micro.CycleBenchmarks"/> has means over all sizes.
/// </summary>
internal static class CycleMeasure
{
    private const int Ends = 2_000;

    /// <summary>
    /// Steps before the measured ones: until then the runtime is still compiling, which a published program has done before.
    /// </summary>
    private const int WarmUp = 300;

    /// <summary>The target, s: a slower step is told of.</summary>
    private const double Slow = 0.005;

    private static readonly CycleCase[] s_cases =
    [
        new(100, 1_000, Mix.Single),
        new(1_000, 100_000, Mix.Single),
        new(10_000, 1_000_000, Mix.Single),
        new(10_000, 1_000_000, Mix.Single) { Kinds = 100, Elements = 10_000 },
        new(10_000, 1_000_000, Mix.Limited),
        new(10_000, 1_000_000, Mix.Single) { Users = 500 },
        new(10_000, 1_000_000, Mix.Limited) { Users = 500 },
        new(10_000, 1_000_000, Mix.Parts),
        new(10_000, 1_000_000, Mix.Gangs),
        new(10_000, 1_000_000, Mix.Hours),
        new(10_000, 1_000, Mix.Gangs),
    ];

    /// <summary>The pools that the project's targets speak of.</summary>
    /// <param name="only">Those whose row contains this; empty: all.</param>
    public static int Run(string only)
    {
        var table = new Table(
            "A cycle of the engine alone (cycle)",
            "devices", "waiting", "jobs", "cold pass, ms", "CPU ms", "one ends, next placed: p50 ms", "p99 ms", "most ms", "CPU: p50 ms",
            "p99 ms", "most ms", "B a job", "decisions");
        foreach (var one in s_cases.Where(one => Words(one).Contains(only, StringComparison.Ordinal)))
        {
            table.Add(Row(one));
            Console.Error.WriteLine(Words(one));
        }

        table.Print();
        return 0;
    }

    private static string[] Row(CycleCase of)
    {
        var pool = new CyclePool(of);
        var before = Settled();
        pool.Submit(of.Waiting);
        var perJob = (Settled() - before) / (double)of.Waiting;
        var joining = pool.Joining(of.Devices);
        var cold = Time(() => pool.Step(joining));
        EndOneByOne(pool, Math.Min(WarmUp, of.Waiting / 4));
        pool.FillUp();
        var (wall, cpu) = EndOneByOne(pool, Math.Min(Ends, of.Waiting / 4));
        return
        [
            Figures.Count(of.Devices), Figures.Count(of.Waiting), Kind(of), Figures.Milliseconds(cold.Wall), Figures.Milliseconds(cold.Cpu),
            .. Spread(wall), .. Spread(cpu), Figures.Count((long)perJob), pool.Decisions,
        ];
    }

    private static (List<double> Wall, List<double> Cpu) EndOneByOne(CyclePool pool, int ends)
    {
        var (walls, cpus) = (new List<double>(ends), new List<double>(ends));
        for (var i = 0; i < ends; i++)
        {
            var (inputs, collections) = (pool.Ending(), GC.CollectionCount(0));
            var (wall, cpu) = Time(() => pool.Step(inputs));
            walls.Add(wall);
            cpus.Add(cpu);
            if (cpu > Slow)
                Console.Error.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  step {i}: CPU {cpu * 1e3:0.0} ms, {GC.CollectionCount(0) - collections} collections"));
        }

        return (walls, cpus);
    }

    private static string[] Spread(List<double> seconds) =>
        [Figures.FineMilliseconds(Figures.Percentile(seconds, 0.5)), Figures.FineMilliseconds(Figures.Percentile(seconds, 0.99)),
            Figures.FineMilliseconds(seconds[^1])];

    private static string Words(CycleCase of) => $"{Figures.Count(of.Devices)} {Figures.Count(of.Waiting)} {Kind(of)}";

    private static string Kind(CycleCase of) =>
        (of.Elements > 1 ? $"{of.Waiting / of.Elements} arrays of {Figures.Count(of.Elements)}" : $"{of.Kinds} kinds")
        + MixWords(of.Mix) + (of.Users > 1 ? $", {of.Users} users" : "");

    private static string MixWords(Mix mix) => mix switch
    {
        Mix.Single => "",
        Mix.Limited => " with time limit",
        Mix.Parts => ", parts of cards",
        Mix.Gangs => " with time limit, gangs",
        Mix.Hours => " with time limit, office hours",
    };

    /// <summary>CPU time is the whole process's, so it also counts what the collector does meanwhile; other programs don't count.</summary>
    private static (double Wall, double Cpu) Time(Func<StepResult> step)
    {
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        step();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
