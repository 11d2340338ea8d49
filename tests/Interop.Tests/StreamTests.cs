using System.Text.Json;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Interop.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Interop.Tests;

/// <summary>Streams of answers, read by another implementation: each part when it happens, and each way of ending.</summary>
public sealed class StreamTests
{
    [PythonFact]
    public async Task A_watched_job_is_seen_in_its_states_and_the_stream_ends_with_it()
    {
        await using var lab = await Lab.Start();
        var job = await lab.Submit(Gated(lab));
        using var watch = PythonCall.Start(lab, "watch", job);
        Assert.Equal("JOB_STATE_PENDING", State(await watch.Next()));

        await lab.StartWorker("lab");
        await Until(watch, "JOB_STATE_RUNNING");
        await File.WriteAllTextAsync(lab.In("gate"), "");

        await Until(watch, "JOB_STATE_COMPLETED");
        await HasEnded(watch, "OK");
    }

    [PythonFact]
    public async Task A_followed_log_comes_as_it_is_written()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        var job = await lab.Submit(Gated(lab));
        await lab.JobIs(job, JobState.Running);
        using var log = PythonCall.Start(lab, "logs", job);

        Assert.Equal(("first\n", 0), await Part(log));
        await File.WriteAllTextAsync(lab.In("gate"), "");

        Assert.Equal(("last\n", 6), await Part(log));
        Assert.Equal("end", (await log.Next()).GetString());
        await log.Ends();
    }

    [PythonFact]
    public async Task A_stream_given_up_harms_neither_the_connection_nor_the_scheduler()
    {
        await using var lab = await Lab.Start();

        var seen = await PythonCall.Ask(lab, "give_up");

        Assert.Equal("DEADLINE_EXCEEDED", seen.GetProperty("late").GetString());
        Assert.Equal("1", seen.GetProperty("first")[0].GetString());
        Assert.Equal("CANCELLED", seen.GetProperty("cancelled").GetString());
        Assert.Equal("1", seen.GetProperty("afterwards").GetString());
        await SaysNothingOf("WatchJobs", lab);
    }

    [PythonFact]
    public async Task A_caller_that_leaves_before_it_has_said_what_it_wants_is_no_error_of_the_scheduler()
    {
        await using var lab = await Lab.Start();

        var ends = await PythonCall.Ask(lab, "leave_early", "200");

        Assert.Equal("CANCELLED", Assert.Single(ends.EnumerateArray()).GetString());

        await SaysNothingOf("WatchJobs", lab);
    }

    [PythonFact]
    public async Task A_scheduler_that_is_stopped_says_so_to_who_watches()
    {
        await using var lab = await Lab.Start();
        var job = await lab.Submit(Gated(lab));
        using var watch = PythonCall.Start(lab, "watch", job);
        while (!(await watch.Next()).TryGetProperty("snapshot_complete", out _))
        {
            // What it says first; a stop in the middle of an answer may reset the stream instead.
        }

        await lab.Scheduler.Terminate();

        var end = await HasEnded(watch, "UNAVAILABLE");
        Assert.Contains("stopping", end.GetProperty("details").GetString()!, StringComparison.Ordinal);
    }

    /// <summary>Stopped, it first lets calls in flight finish: its log is complete then.</summary>
    private static async Task SaysNothingOf(string call, Lab lab)
    {
        Assert.Equal(0, await lab.Scheduler.Terminate());
        var said = string.Join('\n', await lab.Scheduler.AllLines());
        Assert.DoesNotContain(call, said, StringComparison.Ordinal);
        Assert.DoesNotContain(" ERR]", said, StringComparison.Ordinal);
    }

    private static JobSpec Gated(Lab lab) =>
        Lab.Shell($"echo first; while [ ! -e {lab.In("gate")} ]; do sleep 0.05; done; echo last");

    private static async Task Until(PythonCall watch, string state)
    {
        while (State(await watch.Next()) != state)
        {
            // Each answer is a change; the awaited one comes, or the stream's end, which has no state.
        }
    }

    private static string? State(JsonElement answer)
    {
        Assert.False(answer.TryGetProperty("code", out _), $"the stream has ended: {answer}");
        return answer.TryGetProperty("jobs", out var jobs) ? jobs[0].GetProperty("state").GetString() : null;
    }

    /// <summary>The next part that holds something; the first only says that the log was found.</summary>
    private static async Task<(string Text, int Offset)> Part(PythonCall log)
    {
        while (true)
        {
            var part = await log.Next();
            if (part.GetProperty("data").GetString() is { Length: > 0 } text) return (text, part.GetProperty("offset").GetInt32());
        }
    }

    /// <summary>Passes over what still came, up to the line that tells how the stream ended.</summary>
    private static async Task<JsonElement> HasEnded(PythonCall call, string code)
    {
        var line = await call.Next();
        while (!line.TryGetProperty("code", out _)) line = await call.Next();
        Assert.Equal(code, line.GetProperty("code").GetString());
        await call.Ends();
        return line;
    }
}
