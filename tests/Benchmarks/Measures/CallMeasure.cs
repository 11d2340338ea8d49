using System.Diagnostics;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Benchmarks.Pool;
using GpuScheduler.Protos.V1;
using Grpc.Net.Client;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>Where a call's time goes when each of 8 connections waits for every answer: a durable submission beside the same round trip
/// through a cycle of the pool that has nothing to store.</summary>
internal static class CallMeasure
{
    private const int Connections = 8;

    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table(
            $"One call open on each of {Connections} connections", "call", "calls/s", "p50 ms", "p99 ms",
            "scheduler CPU µs", "client CPU µs", "scheduler switches", "client switches");
        await using var pool = await BenchPool.StartAsync(settings);
        var channels = Enumerable.Range(0, Connections).Select(_ => pool.Open()).ToArray();
        var held = await HeldJobAsync(channels[0]);
        table.Add(await RowAsync("first submissions", 0, 2_000, Submission));
        // The longest way first: while it still compiles, the other would be charged for that.
        table.Add(await RowAsync("submission", 40_000, 20_000, Submission));
        table.Add(await RowAsync("nothing to store", 10_000, 20_000, channel => Unchanged(channel, held)));
        return table;

        Task<string[]> RowAsync(string what, int warmUp, int count, Func<GrpcChannel, Func<Task>> prepare) =>
            CallMeasure.RowAsync(
                pool, [.. channels.Select(prepare)], what, warmUp == 0 ? 0 : settings.Scale(warmUp), settings.Scale(count));
    }

    private static async Task<string> HeldJobAsync(GrpcChannel channel)
    {
        var request = Jobs.Single("/bin/true");
        request.Spec.Hold = true;
        return (await new JobsService.JobsServiceClient(channel).SubmitJobAsync(request)).Id;
    }

    /// <summary>Holds a job that is held: a cycle of the pool decides that nothing changes.</summary>
    private static Func<Task> Unchanged(GrpcChannel channel, string held)
    {
        var client = new JobsService.JobsServiceClient(channel);
        var request = new HoldJobsRequest { Ids = { held }, User = "bench" };
        return () => client.HoldJobsAsync(request).ResponseAsync;
    }

    private static Func<Task> Submission(GrpcChannel channel)
    {
        var client = new JobsService.JobsServiceClient(channel);
        var request = Jobs.Single("/bin/true");
        return () => client.SubmitJobAsync(request).ResponseAsync;
    }

    private static async Task<string[]> RowAsync(BenchPool pool, IReadOnlyList<Func<Task>> calls, string what, int warmUp, int count)
    {
        await ClosedLoop.RunAsync(calls, warmUp);
        using var self = Process.GetCurrentProcess();
        var before = (Scheduler: pool.SchedulerUse(), Client: ProcessUse.Of(self));
        var start = Stopwatch.GetTimestamp();
        var latencies = await ClosedLoop.RunAsync(calls, count);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var (scheduler, client) = (pool.SchedulerUse() - before.Scheduler, ProcessUse.Of(self) - before.Client);
        return
        [
            what, Figures.Rate(latencies.Count / seconds),
            Figures.FineMilliseconds(Figures.Percentile(latencies, 0.5)), Figures.FineMilliseconds(Figures.Percentile(latencies, 0.99)),
            Figures.Microseconds(scheduler.CpuSeconds / latencies.Count), Figures.Microseconds(client.CpuSeconds / latencies.Count),
            Figures.Rate((double)scheduler.Switches / latencies.Count), Figures.Rate((double)client.Switches / latencies.Count),
        ];
    }
}
