using GpuScheduler.Grains.Messages;
using GpuScheduler.Host.Logs;
using GpuScheduler.Host.Tests.Extremes;
using GpuScheduler.Testing;

namespace GpuScheduler.Host.Tests.Logs;

public sealed class LogPartsTests
{
    private readonly LogParts _parts = new(new WirePool(TestTime.NewClock()).Grains);
    private readonly LogBuffer _buffer = new();
    private readonly LogBuffer _other = new();

    [Fact]
    public async Task Each_reader_gets_the_parts_that_it_asked_for()
    {
        _parts.Begin("1", _buffer);
        _parts.Begin("2", _other);

        await _parts.Take(Part("2", 5));
        await _parts.Take(Part("1", 3));

        Assert.Equal((3, 5), (_buffer.Next, _other.Next));
    }

    [Fact]
    public async Task What_comes_for_a_reader_who_has_left_is_dropped()
    {
        _parts.Begin("1", _buffer);
        _parts.Begin("2", _other);
        _parts.End("1");

        await _parts.Take(Part("1", 3));
        await _parts.Take(Part("2", 5));

        Assert.Equal((0, 5), (_buffer.Next, _other.Next));
    }

    [Fact]
    public void Nodes_answer_to_one_object_whoever_asks() => Assert.Same(_parts.Reference, _parts.Reference);

    private static LogPart Part(string request, int bytes) => new(request, new byte[bytes], 0, false, "");
}
