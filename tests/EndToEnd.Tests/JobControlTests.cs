using System.Text;
using Google.Protobuf.WellKnownTypes;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Stopping jobs, watching them, reading what they say.</summary>
public sealed class JobControlTests
{
    [Fact]
    public async Task CancelledJob_ThatIgnoresTerm_IsKilledWithAllItsProcesses()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        var spec = Lab.Shell(
            $"trap '' TERM; sleep 1000 & echo $! > {lab.In("child")}; echo $$ > {lab.In("shell")}; while true; do sleep 0.1; done");
        spec.Grace = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
        var job = await lab.Submit(spec);
        await Eventually.Sees(
            "the job's processes", () =>
                Task.FromResult(File.Exists(lab.In("shell")) && File.ReadAllText(lab.In("shell")).Length > 0), there => there);

        Assert.Equal(0, (await lab.Cli("cancel", job)).ExitCode);

        await lab.JobIs(job, JobState.Cancelled);
        Assert.All(
            ["child", "shell"], file => Assert.False(Directory.Exists($"/proc/{File.ReadAllText(lab.In(file)).Trim()}"), $"{file} lives"));
    }

    [Fact]
    public async Task FollowedLog_ShowsEverythingThroughTheEnd()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        var job = await lab.Submit(Lab.Shell($"echo first; while [ ! -e {lab.In("gate")} ]; do sleep 0.1; done; echo last"));

        using var call = lab.Jobs.StreamLogs(new StreamLogsRequest { Id = job, Follow = true });
        var text = new StringBuilder();
        while (!text.ToString().Contains("first", StringComparison.Ordinal)) text.Append(await Next(call));
        await File.WriteAllTextAsync(lab.In("gate"), "");
        while (await Next(call) is { } more) text.Append(more);

        Assert.Equal("first\nlast\n", text.ToString());
    }

    [Fact]
    public async Task SlowReader_GetsAWholeLogThatIsLargerThanAnyBuffer()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        const int lines = 3_000_000;
        var job = await lab.Submit(Lab.Shell($"seq 1 {lines}"));
        await lab.JobIs(job, JobState.Completed);

        using var call = lab.Jobs.StreamLogs(new StreamLogsRequest { Id = job });
        // Until the first answer is read, the scheduler holds what the worker sends: more than it keeps, so it must ask again.
        await lab.Pools.GetPoolAsync(new GetPoolRequest());
        var (count, last, rest) = (0, "", "");
        while (await Next(call) is { } part)
        {
            var parts = (rest + part).Split('\n');
            rest = parts[^1];
            foreach (var line in parts[..^1])
            {
                count++;
                Assert.Equal(count.ToString(System.Globalization.CultureInfo.InvariantCulture), line);
                last = line;
            }
        }

        Assert.Equal(("3000000", ""), (last, rest));
    }

    [Fact]
    public async Task WatchedJob_IsReportedUntilItHasEnded()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        var job = await lab.Submit(Lab.Shell("true"));

        using var call = lab.Jobs.WatchJobs(new WatchJobsRequest { Ids = { job } });
        var states = new List<JobState>();
        using var patience = new CancellationTokenSource(Eventually.Patience);
        while (await call.ResponseStream.MoveNext(patience.Token))
            states.AddRange(call.ResponseStream.Current.Jobs.Select(seen => seen.State));

        Assert.Equal(JobState.Completed, states[^1]);
        Assert.Equal(states.Order(), states);
    }

    [Fact]
    public async Task Terminated_TheSchedulerEndsCleanly()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");

        Assert.Equal(0, await lab.Scheduler.Terminate());
    }

    private static async Task<string?> Next(AsyncServerStreamingCall<StreamLogsResponse> call)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        return await call.ResponseStream.MoveNext(patience.Token) ? call.ResponseStream.Current.Data.ToStringUtf8() : null;
    }
}
