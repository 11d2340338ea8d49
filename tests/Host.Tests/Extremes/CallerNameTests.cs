using GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Tests.Extremes;

/// <summary>A change is never recorded as the scheduler's own because its caller said no name.</summary>
public sealed class CallerNameTests
{
    [Theory]
    [InlineData("", "(unknown)")]
    [InlineData("ada", "ada")]
    public async Task Drain_IsRecordedUnderTheCallersNameOrAsUnknown(string user, string recorded)
    {
        var host = new WireHost();

        Assert.Null(await host.Call(
            WireHost.Calls.Single(call => call.Name == "DrainNode"), new DrainNodeRequest { Target = "lab", User = user }));

        var node = host.Pool.State.FindNode(WireNode.Id)!;
        Assert.Equal((recorded, recorded), (node.Cordon!.User, node.Acts[^1].User));
    }

    [Theory]
    [InlineData("CancelJobs")]
    [InlineData("HoldJobs")]
    [InlineData("RequeueJobs")]
    public async Task Change_WithoutACallersName_IsRecordedAsUnknown(string name)
    {
        var (host, call) = (new WireHost(), WireHost.Calls.Single(call => call.Name == name));
        var request = ExtremeMessageTests.Valid(call);
        request.Descriptor.FindFieldByName("user").Accessor.SetValue(request, "");
        var job = host.Pool.State.FindJob(new Core.Model.JobId(name == "HoldJobs" ? 2 : 1))!;

        Assert.Null(await host.Call(call, request));

        Assert.Equal("(unknown)", job.Acts[^1].User);
    }
}
