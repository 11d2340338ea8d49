using GpuScheduler.Worker.Session;
using Grpc.Core;

namespace GpuScheduler.Worker.Tests.Session;

public sealed class SchedulerChannelTests
{
    [Fact]
    public void Faults_of_a_refused_hello_are_told_in_one_line()
    {
        using var channel = new SchedulerChannel(new Uri("http://127.0.0.1:1"), null, _ => null);
        var refused = new RpcException(new Status(StatusCode.InvalidArgument, "node: 'a': taken\ncpu_cores: '-1': 1 … 4096"));

        Assert.Equal("InvalidArgument: node: 'a': taken; cpu_cores: '-1': 1 … 4096", channel.Reason(refused));
    }
}
