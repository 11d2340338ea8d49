using GpuScheduler.Grains.Messages;
using GpuScheduler.Host.Logs;

namespace GpuScheduler.Host.Tests.Logs;

public sealed class LogBufferTests
{
    private const int Chunk = 1024 * 1024;

    private readonly LogBuffer _buffer = new();
    private long _offset;

    [Fact]
    public async Task Parts_ComeOutInOrder()
    {
        _buffer.Begin("1");
        Give("1", 3);
        Give("1", 5, end: true);

        Assert.Equal(3, (await _buffer.Read(default))!.Data.Length);
        Assert.True((await _buffer.Read(default))!.End);
    }

    [Fact]
    public async Task Reader_WaitsForTheNextPart()
    {
        _buffer.Begin("1");
        var read = _buffer.Read(default);
        Assert.False(read.IsCompleted);

        Give("1", 1);
        Assert.Equal(1, (await read)!.Data.Length);
    }

    [Fact]
    public async Task MoreThanFits_IsDroppedAndAskedForAgainAtItsByte()
    {
        _buffer.Begin("1");
        for (var i = 0; i < 6; i++) Give("1", Chunk);

        Assert.True(_buffer.Overflowed);
        for (var i = 0; i < 4; i++) Assert.NotNull(await _buffer.Read(default));
        Assert.Null(await _buffer.Read(default));
        Assert.Equal(4 * Chunk, _buffer.Next);
    }

    [Fact]
    public async Task AfterAnOverflow_NothingIsTakenUntilANewRequest()
    {
        _buffer.Begin("1");
        for (var i = 0; i < 5; i++) Give("1", Chunk);
        await _buffer.Read(default);
        Give("1", 1);
        Assert.Equal(4 * Chunk, _buffer.Next);

        _buffer.Begin("2");
        Give("1", 1);
        Assert.Equal(4 * Chunk, _buffer.Next);
    }

    private void Give(string request, int bytes, bool end = false)
    {
        var part = new LogPart(request, new byte[bytes], _offset, end, "");
        _offset += bytes;
        _buffer.Take(part);
    }
}
