using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using GpuScheduler.Benchmarks.Cycles;
using GpuScheduler.Core.Engine;

namespace GpuScheduler.Benchmarks.Micro;

/// <summary>
/// A cycle of the engine over all sizes of pool and queue: the mean of steps in which one job ends and the next is placed, and the
/// pass that fills an empty pool.
/// </summary>
public class CycleBenchmarks
{
    private const int Ends = 100;

    /// <summary>Of the case before: setting up a queue costs most, so the next one takes it over if only the pool has to grow.</summary>
    private static (Mix Mix, int Waiting, CyclePool Pool)? s_last;

    private CyclePool _pool = null!;
    private List<PoolInput> _opening = [];

    /// <summary>What the jobs are like.</summary>
    [Params(Mix.Single, Mix.Gangs, Mix.Parts, Mix.Hours, Priority = 0)]
    public Mix Mix { get; set; }

    /// <summary>Jobs that wait while the pool is full.</summary>
    [Params(1_000, 100_000, 1_000_000, Priority = 1)]
    public int Waiting { get; set; }

    /// <summary>Cards, eight a node.</summary>
    [Params(100, 1_000, 10_000, Priority = 2)]
    public int Devices { get; set; }

    /// <summary>Further arguments are BenchmarkDotNet's.</summary>
    public static int Run(string[] arguments)
    {
        BenchmarkSwitcher.FromTypes([typeof(CycleBenchmarks)]).Run(
            arguments.Length == 0 ? ["--filter", "*"] : arguments, MicroConfig.Cycles());
        return 0;
    }

    [GlobalSetup]
    public void SetUp()
    {
        var fits = s_last is { } last && last.Mix == Mix && last.Waiting == Waiting
            && last.Pool.Nodes <= Devices / CycleInputs.CardsPerNode;
        // To submit a million jobs one by one takes far longer than to measure them: long queues come as arrays.
        if (!fits) s_last = (Mix, Waiting, new CyclePool(new CycleCase(Devices, Waiting, Mix) { Elements = Waiting > 1_000 ? 100 : 1 }));
        _pool = s_last!.Value.Pool;
        _pool.Step(_pool.Joining(Devices));
        _pool.FillUp();
    }

    [IterationSetup(Target = nameof(OneEndsNextPlaced))]
    public void FillUp() => _pool.FillUp();

    /// <summary>A hundred steps, a second apart.</summary>
    [Benchmark(OperationsPerInvoke = Ends)]
    public void OneEndsNextPlaced()
    {
        for (var i = 0; i < Ends; i++) _pool.Step(_pool.Ending());
    }

    [IterationSetup(Target = nameof(ColdPass))]
    public void Empty()
    {
        _opening = _pool.Empty();
        _pool.FillUp();
    }

    /// <summary>All machines open at once.</summary>
    [Benchmark]
    public StepResult ColdPass() => _pool.Step(_opening);
}
