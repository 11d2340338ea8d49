using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using GpuScheduler.Benchmarks.Measures;

namespace GpuScheduler.Benchmarks.Micro;

/// <summary>The store's hot path without a disk: time and allocation of one commit.</summary>
[MemoryDiagnoser]
public class CommitBenchmarks
{
    private StoreBench? _bench;

    /// <summary>Changes in the commit.</summary>
    [Params(1, 50, 500)]
    public int Changes { get; set; }

    public static int Run(string[] arguments)
    {
        BenchmarkSwitcher.FromTypes([typeof(CommitBenchmarks)]).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments);
        return 0;
    }

    [GlobalSetup]
    public async Task SetUp() => _bench = await StoreBench.OpenAsync(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath());

    [GlobalCleanup]
    public async Task CleanUp() => await _bench!.DisposeAsync();

    [Benchmark]
    public Task Submit() => _bench!.SubmitAsync(1, Changes);

    [Benchmark]
    public Task Save() => _bench!.SaveAsync(Changes, Changes);
}
