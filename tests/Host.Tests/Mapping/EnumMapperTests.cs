using GpuScheduler.Core.Model;
using GpuScheduler.Host.Grpc.Mapping;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Tests.Mapping;

public sealed class EnumMapperTests
{
    [Fact]
    public void Members_KeepTheirMeaningBothWays()
    {
        Assert.All(Enum.GetValues<JobState>(), state => Assert.Equal(state, EnumMapper.FromWire(EnumMapper.ToWire(state))));
        Assert.All(Enum.GetValues<EndCause>(), cause => Assert.Equal(cause, EnumMapper.FromWire(EnumMapper.ToWire(cause))));
        Assert.All(Enum.GetValues<DeviceClass>(), value => Assert.Equal(value, EnumMapper.FromWire(EnumMapper.ToWire(value))));
    }

    [Fact]
    public void UnknownValues_HaveADefinedMeaning()
    {
        Assert.Null(EnumMapper.FromWire((Wire.JobState)999));
        Assert.Equal(EndCause.Exited, EnumMapper.FromWire((Wire.EndCause)999));
        Assert.Null(EnumMapper.FromWire(Wire.DeviceClass.Unspecified));
    }
}
