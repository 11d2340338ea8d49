using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Core.Wire;

namespace GpuScheduler.Embedded.Grpc.Tests.Wire;

/// <summary>What MessageFrame writes, MessageReader reads, however the bytes are cut into pieces.</summary>
public sealed class MessageTests
{
    private static readonly Marshaller<string> Text = Marshallers.StringMarshaller;

    [Fact]
    public void Frame_is_flag_length_payload()
    {
        using var frame = new MessageFrame(null);

        Assert.Equal([0, 0, 0, 0, 2, (byte)'h', (byte)'i'], frame.Serialize(Text, "hi").ToArray());
        Assert.Equal([0, 0, 0, 0, 0], frame.Serialize(Text, "").ToArray());
    }

    [Fact]
    public void Frame_grows_for_a_serializer_that_writes_piece_by_piece_without_saying_how_much()
    {
        using var frame = new MessageFrame(null);
        var pieces = Marshallers.Create<string>(
            (text, context) =>
            {
                var writer = context.GetBufferWriter();
                foreach (var letter in text)
                {
                    writer.GetSpan(1)[0] = (byte)letter;
                    writer.Advance(1);
                }

                context.Complete();
            },
            _ => "");
        var long_ = new string('x', 10_000);

        var bytes = frame.Serialize(pieces, long_).ToArray();

        Assert.Equal([0, 0, 0, 0x27, 0x10], bytes[..5]);
        Assert.Equal(10_005, bytes.Length);
        Assert.All(bytes[5..], octet => Assert.Equal((byte)'x', octet));
    }

    [Fact]
    public void Frame_beyond_the_limit_is_refused()
    {
        using var frame = new MessageFrame(3);

        var error = Assert.Throws<RpcException>(() => frame.Serialize(Text, "four").Length);

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Equal("Message to send has 4 bytes; the limit is 3.", error.Status.Detail);
        Assert.Equal(8, frame.Serialize(Text, "fit").Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Messages_come_back_however_they_are_cut(int pieceSize)
    {
        string[] messages = ["", "a", "Grüße", new('x', 500), "", "end"];
        var pipe = new Pipe();
        var reader = new MessageReader(pipe.Reader, null, null, StatusCode.Unimplemented);

        var writing = WriteInPiecesAsync(pipe.Writer, messages, pieceSize);
        var read = new List<string>();
        while (await reader.ReadAsync(Text, CancellationToken.None) is { } message)
            read.Add(message);
        await writing;

        Assert.Equal(messages, read);
    }

    [Fact]
    public async Task Reading_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var reader = new MessageReader(new Pipe().Reader, null, null, StatusCode.Unimplemented);
        var reading = reader.ReadAsync(Text, source.Token).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task WriteInPiecesAsync(PipeWriter writer, string[] messages, int pieceSize)
    {
        using var frame = new MessageFrame(null);
        var bytes = messages.SelectMany(message => frame.Serialize(Text, message).ToArray()).ToArray();
        foreach (var piece in bytes.Chunk(pieceSize))
            await writer.WriteAsync(piece);
        await writer.CompleteAsync();
    }
}
