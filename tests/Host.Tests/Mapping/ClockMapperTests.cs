using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Tests.Mapping;

public sealed class ClockMapperTests
{
    private static ClockChange At(long seconds, int minutes) =>
        new() { At = new Timestamp { Seconds = seconds }, UtcOffsetMinutes = minutes };

    [Fact]
    public void Changes_in_order_are_taken()
    {
        var read = ClockMapper.FromWire([At(100, 60), At(200, -840)]);

        Assert.Equal([(100L, 60.0), (200, -840)], read.Select(change => (change.At.ToUnixTimeSeconds(), change.Offset.TotalMinutes)));
    }

    public static TheoryData<ClockChange[]> Wrong => new(
        (ClockChange[])[At(200, 60), At(100, 120)], [At(100, 60), At(100, 120)], [At(100, 841)], [At(100, int.MinValue)],
        [At(long.MaxValue, 60)], [At(-1, 60)], [new ClockChange { UtcOffsetMinutes = 60 }],
        [.. Enumerable.Range(1, 201).Select(second => At(second, 60))]);

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Anything_else_is_refused_by_name(ClockChange[] changes)
    {
        var refused = Assert.Throws<RpcException>(() => ClockMapper.FromWire(changes));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith("clock_changes: ", refused.Status.Detail, StringComparison.Ordinal);
    }
}
