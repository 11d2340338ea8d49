using Google.Protobuf;
using GpuScheduler.Core.Model;
using GpuScheduler.Host.Grpc;
using Grpc.Core;
using JobSpec = GpuScheduler.Protos.V1.JobSpec;
using JobsService = GpuScheduler.Protos.V1.JobsService;
using PoolsService = GpuScheduler.Protos.V1.PoolsService;
using Rpc = Google.Rpc;

namespace GpuScheduler.Host.Tests.Calls;

/// <summary>What a program in any language reads of an error, beside the text for people.</summary>
public sealed class ErrorDetailTests
{
    [Fact]
    public async Task Every_fault_of_a_refused_job_is_a_violation_of_its_field()
    {
        var spec = new JobSpec { User = "ada", Command = { "true" }, Tier = "trainnig", Gpus = "z100" };

        var told = await RefusalAsync(jobs => jobs.SubmitJobAsync(new() { Spec = spec }));

        var violations = Detail<Rpc.BadRequest>(told).FieldViolations;
        Assert.Equal(["spec.gpus", "spec.tier"], violations.Select(violation => violation.Field).Order());
        Assert.Equal(
            told.Status.Detail.Split('\n').Order(),
            violations.Select(one => $"{one.Field["spec.".Length..]}: {one.Description}").Order());
        Assert.Equal((StatusCode.InvalidArgument, told.Status.Detail), (told.StatusCode, told.GetRpcStatus()!.Message));
    }

    [Fact]
    public async Task What_is_no_id_is_a_violation_wherever_it_is_given()
    {
        var one = await RefusalAsync(jobs => jobs.GetJobAsync(new() { Id = "abc" }));
        var many = await RefusalAsync(jobs => jobs.HoldJobsAsync(new() { Ids = { "abc", "9999" } }));

        Assert.Equal("id", Assert.Single(Detail<Rpc.BadRequest>(one).FieldViolations).Field);
        var violation = Assert.Single(many.GetRpcStatus()!.GetDetail<Rpc.BadRequest>()!.FieldViolations);
        Assert.Contains("'abc'", violation.Description, StringComparison.Ordinal);
        Assert.Contains("9999", many.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("9999", many.GetRpcStatus()!.GetDetail<Rpc.ResourceInfo>()!.ResourceName);
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        var one = await RefusalAsync(jobs => jobs.GetJobAsync(new() { Id = "9999" }));
        var many = await RefusalAsync(jobs => jobs.HoldJobsAsync(new() { Ids = { "9998", "9999" } }));
        await using var host = await ServedHost.StartAsync();
        var pools = new PoolsService.PoolsServiceClient(host.Channel);
        var node = await Assert.ThrowsAsync<RpcException>(
            async () => await pools.DrainNodeAsync(new() { Target = "lap", Reason = "new fans" }));

        Assert.Equal(new Rpc.ResourceInfo { ResourceType = "job", ResourceName = "9999" }, Detail<Rpc.ResourceInfo>(one));
        Assert.Equal(["9998", "9999"], Details<Rpc.ResourceInfo>(many).Select(missing => missing.ResourceName));
        Assert.Equal(new Rpc.ResourceInfo { ResourceType = "node", ResourceName = "lap" }, Detail<Rpc.ResourceInfo>(node));
    }

    [Fact]
    public void Who_is_to_come_again_is_told_when()
    {
        var told = BadRequest.TooMany(TimeSpan.FromSeconds(2.4));

        Assert.Equal(TimeSpan.FromSeconds(3), Detail<Rpc.RetryInfo>(told).RetryDelay.ToTimeSpan());
        Assert.EndsWith("ask again in 3 s", told.Status.Detail, StringComparison.Ordinal);
    }

    /// <summary>Clients of some languages refuse more than 8 KiB of trailers; a text was never cut, and may be all that fits.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4_000)]
    public void Details_stay_small_however_many_faults_there_are(int faults)
    {
        var told = BadRequest.Of(
            [.. Enumerable.Range(0, faults).Select(at => new Fault($"jobs[{at}].gpus", new('ü', 80), new('ä', 500)))]);

        var violations = Detail<Rpc.BadRequest>(told).FieldViolations;
        Assert.InRange(told.GetRpcStatus()!.CalculateSize(), 1, 8_000);
        Assert.Equal("jobs[0].gpus", violations[0].Field);
        Assert.Equal(faults, told.Status.Detail.Split('\n').Length);
        Assert.StartsWith(told.GetRpcStatus()!.Message, told.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task<RpcException> RefusalAsync<T>(Func<JobsService.JobsServiceClient, AsyncUnaryCall<T>> ask)
    {
        await using var host = await ServedHost.StartAsync();
        return await Assert.ThrowsAsync<RpcException>(async () => await ask(new(host.Channel)));
    }

    private static T Detail<T>(RpcException told)
        where T : class, IMessage<T>, new() => Assert.Single(Details<T>(told));

    private static IEnumerable<T> Details<T>(RpcException told)
        where T : class, IMessage<T>, new() => told.GetRpcStatus()!.Details.Select(any => any.Unpack<T>());
}
