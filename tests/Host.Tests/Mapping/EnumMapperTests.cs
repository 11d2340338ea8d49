using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Host.Grpc.Mapping;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Tests.Mapping;

public sealed class EnumMapperTests
{
    [Fact]
    public void Members_KeepTheirMeaningBothWays()
    {
        Assert.All(System.Enum.GetValues<JobState>(), state => Assert.Equal(state, EnumMapper.FromWire(EnumMapper.ToWire(state))));
        Assert.All(
            System.Enum.GetValues<EndCause>().Except([EndCause.NotHere, EndCause.Unstartable]),
            cause => Assert.Equal(cause, EnumMapper.FromWire(EnumMapper.ToWire(cause))));
        Assert.All(System.Enum.GetValues<DeviceClass>(), value => Assert.Equal(value, EnumMapper.FromWire(EnumMapper.ToWire(value))));
    }

    /// <summary>A field of its own says whose fault it was: an older program knows a failed launch alone.</summary>
    [Theory]
    [InlineData(Wire.LaunchFault.Unspecified, EndCause.LaunchFailed)]
    [InlineData(Wire.LaunchFault.Node, EndCause.LaunchFailed)]
    [InlineData(Wire.LaunchFault.Missing, EndCause.NotHere)]
    [InlineData(Wire.LaunchFault.Job, EndCause.Unstartable)]
    [InlineData((Wire.LaunchFault)99, EndCause.LaunchFailed)]
    public void FailedLaunches_AreToldApartByWhoseFaultTheyAre(Wire.LaunchFault fault, EndCause cause)
    {
        var report = new Wire.Report
        {
            JobId = "1", Attempt = 1, Time = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch),
            Ended = new Wire.AttemptEnded { Cause = Wire.EndCause.LaunchFailed, LaunchFault = fault },
        };

        Assert.Equal(cause, Assert.IsType<AttemptEvent.Ended>(WorkerMapper.Reported(new NodeId("a"), report, out _).Event).Cause);
        Assert.Equal(Wire.EndCause.LaunchFailed, EnumMapper.ToWire(cause));
    }

    [Fact]
    public void UnknownValues_HaveADefinedMeaning()
    {
        Assert.Null(EnumMapper.FromWire((Wire.JobState)999));
        Assert.Equal(EndCause.Exited, EnumMapper.FromWire((Wire.EndCause)999));
        Assert.Null(EnumMapper.FromWire(Wire.DeviceClass.Unspecified));
    }
}
