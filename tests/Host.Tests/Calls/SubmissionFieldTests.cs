using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Protos.V1;
using Grpc.Core;
using Rpc = Google.Rpc;

namespace GpuScheduler.Host.Tests.Calls;

/// <summary>A program finds the field that a fault is about by its path in the request that it sent.</summary>
public sealed class SubmissionFieldTests
{
    private static readonly (string Spec, string Path)[] s_faulty =
    [
        ("""{ "name": "a\nb" }""", "spec.name"),
        ("""{ "user": "a b" }""", "spec.user"),
        ("""{ "project": "a b" }""", "spec.project"),
        ("""{ "tier": "nosuch" }""", "spec.tier"),
        ("""{ "gpus": "nosuch" }""", "spec.gpus"),
        ("""{ "nodes": -1 }""", "spec.nodes"),
        ("""{ "mixedCards": true }""", "spec.mixed_cards"),
        ("""{ "nvlink": true }""", "spec.nvlink"),
        ("""{ "cpus": -1 }""", "spec.cpus"),
        ("""{ "memory": "much" }""", "spec.memory"),
        ("""{ "gpus": "1", "memoryPerGpu": "much" }""", "spec.memory_per_gpu"),
        ("""{ "timeLimit": "soon" }""", "spec.time_limit"),
        ("""{ "deadline": "soon" }""", "spec.deadline"),
        ("""{ "retries": -1 }""", "spec.retries"),
        ("""{ "grace": "100000s" }""", "spec.grace"),
        ("""{ "priority": -2147483648 }""", "spec.priority"),
        ("""{ "checkpoint": { "enabled": true, "directory": "here" } }""", "spec.checkpoint.directory"),
        ("""{ "checkpoint": { "enabled": true, "signal": "LOUD" } }""", "spec.checkpoint.signal"),
        ("""{ "environment": { "a=b": "c" } }""", "spec.environment"),
        ("""{ "workingDirectory": "here" }""", "spec.working_directory"),
        ("""{ "script": "no interpreter" }""", "spec.script"),
        ("""{ "command": [""] }""", "spec.command"),
        ("""{ "command": ["true", "a\u0000"] }""", "spec.command[1]"),
        ("""{ "array": "some" }""", "spec.array"),
        ("""{ "sameCard": true, "gpus": "1" }""", "spec.same_card"),
        ("""{ "dependency": "some" }""", "spec.dependency"),
        ("""{ "output": "%q" }""", "spec.output"),
        ("""{ "error": "%q" }""", "spec.error"),
        ("""{ "nodeList": "," }""", "spec.node_list"),
        ("""{ "exclude": "," }""", "spec.exclude"),
        ("""{ "gpus": "1", "precision": "fp7" }""", "spec.precision"),
        ("""{ "gpus": "1", "minDriver": "new" }""", "spec.min_driver"),
        ("""{ "gpus": "1", "minCuda": "new" }""", "spec.min_cuda"),
        ("""{ "gpuShare": "2" }""", "spec.gpu_share"),
        ("""{ "gpuShare": "0.5", "gpuMemory": "much" }""", "spec.gpu_memory"),
        ("""{ "umask": 4096 }""", "spec.umask"),
        ("""{ "softLimits": [{ "name": "luck" }] }""", "spec.soft_limits"),
        ("""{ "submitDirectory": "here" }""", "spec.submit_directory"),
        ("""{ "utcOffsetMinutes": 100000 }""", "spec.utc_offset_minutes"),
    ];

    [Fact]
    public async Task A_fault_names_its_field_as_the_contract_does()
    {
        await using var host = await ServedHost.StartAsync();
        var jobs = new JobsService.JobsServiceClient(host.Channel);

        foreach (var (spec, path) in s_faulty)
        {
            var job = Faulty(spec);
            var single = await Assert.ThrowsAsync<RpcException>(async () => await jobs.SubmitJobAsync(job));
            var batch = await Assert.ThrowsAsync<RpcException>(async () => await jobs.SubmitJobsAsync(new() { Jobs = { Right, job } }));

            Assert.Equal((spec, path), (spec, FieldOf(single)));
            Assert.Equal((spec, $"jobs[1].{path}"), (spec, FieldOf(batch)));
        }
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("idempotency_key")]
    [InlineData("jobs[7].idempotency_key")]
    public void What_is_in_no_specification_keeps_its_name(string field) => Assert.Equal(field, SubmissionFields.PathOf(field));

    private static SubmitJobRequest Right => new() { Spec = new() { User = "ada", Command = { "true" } } };

    private static SubmitJobRequest Faulty(string spec)
    {
        var job = Right;
        if (spec.Contains("\"command\"", StringComparison.Ordinal) || spec.Contains("\"script\"", StringComparison.Ordinal))
            job.Spec.Command.Clear();
        job.Spec.MergeFrom(JobSpec.Parser.ParseJson(spec));
        return job;
    }

    private static string FieldOf(RpcException told) =>
        Assert.Single(told.GetRpcStatus()!.GetDetail<Rpc.BadRequest>()!.FieldViolations).Field;
}
