using GpuScheduler.Core.Engine;
using GpuScheduler.Host.Grpc.Mapping;
using Grpc.Core;

namespace GpuScheduler.Host.Tests.Mapping;

public sealed class ReplyMapperTests
{
    private static RpcException Refused(params JobOutcome[] outcomes) =>
        Assert.Throws<RpcException>(() => ReplyMapper.ToWire(new PoolReply.Outcomes(outcomes)).ToList());

    [Fact]
    public void What_is_no_id_is_refused_as_every_other_call_refuses_it()
    {
        var refused = Refused(new JobOutcome("abc", false, "id: 'abc': a job number", Found: false));

        Assert.Equal((StatusCode.InvalidArgument, "id: 'abc': a job number"), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public void Ids_without_a_job_are_not_found()
    {
        var refused = Refused(new JobOutcome("9999", false, "no such job: 9999", Found: false));

        Assert.Equal((StatusCode.NotFound, "no such job: 9999"), (refused.StatusCode, refused.Status.Detail));
    }
}
