using System.Diagnostics;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Benchmarks.Pool;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>How many jobs a second go the whole way, each a real process that does nothing.</summary>
internal static class NoopMeasure
{
    private const int Slots = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table(
            $"No-op jobs through one worker with {Slots} slots", "jobs", "seconds", "jobs/s",
            "scheduler CPU ms/job", "worker CPU ms/job", "shell and job CPU ms/job", "sum");
        await using var pool = await BenchPool.StartAsync(settings);
        await pool.StartWorkerAsync(settings, Slots);
        var client = pool.Connect();
        await RunJobsAsync(client, settings.Scale(500));
        // The first thousands still pay for compiling; the second row is what a busy pool goes on with.
        foreach (var jobs in (int[])[settings.Scale(5_000), settings.Scale(20_000)])
            table.Add(await RowAsync(pool, client, jobs));
        return table;
    }

    private static async Task<string[]> RowAsync(BenchPool pool, JobsService.JobsServiceClient client, int jobs)
    {
        var before = Cpu(pool);
        var seconds = await RunJobsAsync(client, jobs);
        var spent = Cpu(pool).Zip(before, (now, then) => (now - then) / jobs).ToList();
        return
        [
            Figures.Count(jobs), Figures.Seconds(seconds), Figures.Rate(jobs / seconds),
            .. spent.Select(Figures.FineMilliseconds), Figures.FineMilliseconds(spent.Sum()),
        ];
    }

    private static double[] Cpu(BenchPool pool) => [pool.SchedulerCpuSeconds(), pool.WorkerCpuSeconds(), pool.AttemptsCpuSeconds()];

    /// <summary>
    /// From the submission of one array until none of it is left in the queue, in seconds; all must have completed. Asked as
    /// Slurm's squeue is in Peers/slurm, only more often: a watcher of every change would cost as much as it tells.
    /// </summary>
    private static async Task<double> RunJobsAsync(JobsService.JobsServiceClient client, int count)
    {
        var start = Stopwatch.GetTimestamp();
        var array = Jobs.Single("/bin/true");
        (array.Spec.Array, array.Spec.WorkingDirectory) = ($"0-{count - 1}", Environment.CurrentDirectory);
        var id = (await client.SubmitJobAsync(array)).Id;
        while ((await client.ListJobsAsync(new ListJobsRequest { Limit = 1 })).Jobs.Count > 0)
            await Task.Delay(Pause, TimeProvider.System);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var states = (await client.GetJobAsync(new GetJobRequest { Id = id, Elements = 1 })).Array.States;
        return states is [{ State: JobState.Completed }] && states[0].Count == count
            ? seconds
            : throw new InvalidOperationException($"of {count} jobs: {states}");
    }
}
