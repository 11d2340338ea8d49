using System.Text.Json;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Interop.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Interop.Tests;

/// <summary>A client in another language, on another implementation of gRPC, against the scheduler as users have it.</summary>
public sealed class ClientTests
{
    [PythonFact]
    public async Task The_example_runs_a_command_and_ends_as_it_did()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        using var client = ProcessHandle.Start(
            Python.Command("client.py", lab.Server["http://".Length..], "sh", "-c", "echo \"said by job $GPUSCHED_JOB_ID\"; exit 7"));

        var lines = await client.AllLines().WaitAsync(Eventually.Patience);

        Assert.Equal(7, client.ExitCode);
        Assert.Contains("said by job 1", lines);
        Assert.Contains(lines, line => line.StartsWith("job 1: JOB_STATE_FAILED", StringComparison.Ordinal));
    }

    [PythonFact]
    public async Task A_submission_that_is_repeated_under_its_key_is_the_same_job()
    {
        await using var lab = await Lab.Start();

        var answer = await PythonCall.Ask(lab, "submit_twice");

        Assert.Equal(["1", "1"], Texts(answer.GetProperty("single")));
        Assert.All(answer.GetProperty("batch").EnumerateArray(), ids => Assert.Equal(["2", "3", "4"], Texts(ids)));
        Assert.Equal(4, (await lab.Jobs.ListJobsAsync(new ListJobsRequest())).Jobs.Count);
    }

    [PythonFact]
    public async Task Many_calls_share_a_connection()
    {
        await using var lab = await Lab.Start();

        var ids = Texts(await PythonCall.Ask(lab, "submit_together", "300"));

        Assert.Equal(300, ids.Distinct().Count());
    }

    [PythonFact]
    public async Task A_compressed_request_is_read()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");

        var id = (await PythonCall.Ask(lab, "submit_compressed")).GetString()!;

        await lab.JobIs(id, JobState.Completed);
    }

    [PythonFact]
    public async Task What_waits_is_explained_listed_and_cancelled_once()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab", 8, ("GPU-lab-0", "NVIDIA A100-SXM4-80GB", 80));

        var seen = await PythonCall.Ask(lab, "queue");

        var explained = seen.GetProperty("explained");
        Assert.Equal("JOB_STATE_PENDING", explained.GetProperty("state").GetString());
        Assert.NotEmpty(explained.GetProperty("reasons")[0].GetProperty("text").GetString()!);
        Assert.Equal(["1"], Texts(seen.GetProperty("adas")));
        Assert.Empty(Texts(seen.GetProperty("bobs")));
        var outcomes = seen.GetProperty("cancelled");
        Assert.True(outcomes[0].GetProperty("changed").GetBoolean());
        Assert.False(outcomes[1].TryGetProperty("changed", out _));
        Assert.NotEmpty(outcomes[1].GetProperty("message").GetString()!);
        Assert.Empty(Texts(seen.GetProperty("left")));
        Assert.Equal("JOB_STATE_CANCELLED", seen.GetProperty("ended")[0].GetProperty("state").GetString());
    }

    [PythonFact]
    public async Task The_health_service_answers_as_gRPC_defines_it()
    {
        await using var lab = await Lab.Start();

        var health = await PythonCall.Ask(lab, "health");

        // Field 1, a number: SERVING.
        byte[] serving = [8, 1];
        Assert.Equal(serving, Bytes(health.GetProperty("check")));
        Assert.Equal(serving, Bytes(health.GetProperty("watch")));
        Assert.Equal("NOT_FOUND", health.GetProperty("unknown").GetString());
    }

    private static List<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(one => one.GetString()!)];

    private static byte[] Bytes(JsonElement array) => [.. array.EnumerateArray().Select(one => one.GetByte())];
}
