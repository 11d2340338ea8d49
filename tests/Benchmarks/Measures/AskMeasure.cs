using System.Diagnostics;
using GpuScheduler.Benchmarks.Output;
using GpuScheduler.Benchmarks.Pool;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>What people who ask why their jobs wait cost those who submit, with 200,000 jobs waiting.</summary>
internal static class AskMeasure
{
    private const int Arrays = 20;
    private const int Elements = 10_000;
    private const int Askers = 4;

    public static async Task<Table> RunAsync(Settings settings)
    {
        var table = new Table(
            $"Submissions with {Arrays * Elements:N0} jobs waiting", "explain callers", "submissions/s", "p50 ms", "p99 ms", "max ms",
            "explained", "told to come again", "explain p50 ms", "max ms");
        await using var pool = await BenchPool.StartAsync(settings);
        await pool.StartWorkerAsync(settings, cores: 4);
        await FillAsync(pool.Connect(), settings);
        foreach (var askers in (int[])[0, Askers])
            table.Add(await MeasureAsync(pool, settings, askers));
        return table;
    }

    /// <summary>One job has the machine for good; all others want more or less of it.</summary>
    private static async Task FillAsync(JobsService.JobsServiceClient client, Settings settings)
    {
        var holder = Jobs.Single("/bin/sleep", "100000");
        holder.Spec.Cpus = 4;
        await client.SubmitJobAsync(holder);
        for (var i = 0; i < Arrays; i++)
        {
            var array = Jobs.Single("/bin/true");
            (array.Spec.Array, array.Spec.Cpus, array.Spec.User) = ($"0-{settings.Scale(Elements) - 1}", 1 + (i % 4), $"user{i % 5}");
            await client.SubmitJobAsync(array);
        }
    }

    private static async Task<string[]> MeasureAsync(BenchPool pool, Settings settings, int askers)
    {
        var (submitter, single) = (pool.Connect(), Jobs.Single("/bin/true"));
        single.Spec.Hold = true;
        using var stop = new CancellationTokenSource();
        var tallies = Enumerable.Range(0, askers).Select(i => AskAsync(pool.Connect(), settings, i, stop.Token)).ToList();
        await ClosedLoop.RunAsync([() => submitter.SubmitJobAsync(single).ResponseAsync], settings.Scale(200));
        var start = Stopwatch.GetTimestamp();
        var taken = await ClosedLoop.RunAsync(
            [() => submitter.SubmitJobAsync(single).ResponseAsync], TimeSpan.FromSeconds(settings.Scale(20)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await stop.CancelAsync();
        var asked = await Task.WhenAll(tallies);
        var explained = asked.SelectMany(tally => tally.Explained).Append(0).ToList();
        return
        [
            Figures.Count(askers), Figures.Rate(taken.Count / seconds), Figures.FineMilliseconds(Figures.Percentile(taken, 0.5)),
            Figures.FineMilliseconds(Figures.Percentile(taken, 0.99)), Figures.FineMilliseconds(Figures.Percentile(taken, 1)),
            Figures.Count(explained.Count - 1), Figures.Count(asked.Sum(tally => tally.Refused)),
            Figures.Milliseconds(Figures.Percentile(explained, 0.5)), Figures.Milliseconds(Figures.Percentile(explained, 1)),
        ];
    }

    private static async Task<(List<double> Explained, int Refused)> AskAsync(
        JobsService.JobsServiceClient client, Settings settings, int first, CancellationToken stop)
    {
        var (explained, refused) = (new List<double>(), 0);
        for (var i = first; !stop.IsCancellationRequested; i += 7)
        {
            var called = Stopwatch.GetTimestamp();
            try
            {
                await client.ExplainJobAsync(
                    new ExplainJobRequest { Id = $"{3 + (i % Arrays)}_{i % settings.Scale(Elements)}" },
                    cancellationToken: CancellationToken.None);
                explained.Add(Stopwatch.GetElapsedTime(called).TotalSeconds);
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.ResourceExhausted)
            {
                refused++;
            }
        }

        return (explained, refused);
    }
}
