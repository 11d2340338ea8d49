using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace GpuScheduler.Benchmarks.Micro;

/// <summary>
/// Few, short runs within this process: a queue of a million jobs takes longer to set up than to measure, and several sizes of pool
/// share it. No collection is forced in between, for one over a million jobs takes as long as all steps of a case.
/// </summary>
internal static class MicroConfig
{
    public static IConfig Cycles() => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(10), logOutput: false))
            .WithStrategy(RunStrategy.Monitoring).WithWarmupCount(5).WithIterationCount(8).WithInvocationCount(1).WithUnrollFactor(1)
            .WithGcForce(false))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Params, DefaultColumnProviders.Statistics, DefaultColumnProviders.Metrics)
        .AddColumn(TargetMethodColumn.Method)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableLogFile);
}
