using System.Diagnostics;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Benchmarks.Pool;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>How many jobs a second go the whole way, each a real process that does nothing.</summary>
internal static class NoopMeasure
{
    private const int Slots = 64;
    private const int Batch = 100;

    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table($"No-op jobs through one worker with {Slots} slots", "jobs", "seconds", "jobs/s", "not completed", "scheduler CPU ms/job", "worker CPU ms/job");
        await using var pool = await BenchPool.StartAsync(settings);
        await pool.StartWorkerAsync(settings, Slots);
        var client = pool.Connect();
        await RunJobsAsync(client, settings.Scale(500));
        var jobs = settings.Scale(5_000);
        var (scheduler, worker) = (pool.SchedulerCpuSeconds(), pool.WorkerCpuSeconds());
        var start = Stopwatch.GetTimestamp();
        var failed = await RunJobsAsync(client, jobs);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        table.Add(
            Figures.Count(jobs), Figures.Seconds(seconds), Figures.Rate(jobs / seconds), Figures.Count(failed),
            Figures.Milliseconds((pool.SchedulerCpuSeconds() - scheduler) / jobs), Figures.Milliseconds((pool.WorkerCpuSeconds() - worker) / jobs));
        return table;
    }

    /// <summary>From the first submission until the last job's end is known; returns how many did not complete.</summary>
    private static async Task<int> RunJobsAsync(JobsService.JobsServiceClient client, int count)
    {
        var ids = new List<string>();
        for (var submitted = 0; submitted < count; submitted += Batch)
            ids.AddRange((await client.SubmitJobsAsync(Jobs.Batch(Math.Min(Batch, count - submitted), "/bin/true"))).Jobs.Select(job => job.Id));
        var open = ids.ToHashSet();
        var failed = 0;
        using var watch = client.WatchJobs(new WatchJobsRequest { Ids = { ids } });
        while (open.Count > 0 && await watch.ResponseStream.MoveNext(CancellationToken.None))
            foreach (var job in watch.ResponseStream.Current.Jobs.Where(job => Jobs.HasEnded(job.State) && open.Remove(job.Id)))
                failed += job.State == JobState.Completed ? 0 : 1;
        return failed + open.Count;
    }
}
