using System.Text;
using Google.Protobuf;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Tests.Mapping;

/// <summary>Texts of any bytes, from a client through the scheduler to a worker.</summary>
public sealed class RawTextTests
{
    /// <summary>The character of the first mark itself.</summary>
    private const string Mark = "\U0010FE80";

    [Fact]
    public void Any_bytes_come_back_as_they_were()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            if (round % 3 == 0) bytes = [.. bytes, .. Encoding.UTF8.GetBytes(Mark), .. bytes];

            var text = RawText.FromBytes(bytes);

            Assert.Equal(bytes, RawText.ToBytes(text));
            Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void What_is_UTF8_stays_a_plain_string()
    {
        const string plain = "naïve €uro 🚀\uFFFD";

        var text = RawText.FromBytes(Encoding.UTF8.GetBytes(plain));

        Assert.Equal((plain, false), (text, RawText.HasMarks(text)));
    }

    [Fact]
    public void Each_foreign_byte_is_shown_as_one_sign() =>
        Assert.Equal("mod\uFFFDle", RawText.Readable(RawText.FromBytes(Encoding.Latin1.GetBytes("mod\u00e8le"))));

    [Fact]
    public void Everything_foreign_reaches_the_worker_and_people_see_it_marked()
    {
        var spec = new JobSpec
        {
            User = "u", Script = "#!/bin/sh\n#?", WorkingDirectory = "/?", Output = "/o?", Error = "/e?", SubmitDirectory = "/s?",
            Checkpoint = new CheckpointSpec { Enabled = true, Directory = "/c?" }, ScriptArguments = { "plain", "?" },
            Environment = { ["PLAIN"] = "x" },
            Raw = new RawTexts
            {
                Script = Bytes("#!/bin/sh\n#"), WorkingDirectory = Bytes("/"), Output = Bytes("/o"), Error = Bytes("/e"),
                SubmitDirectory = Bytes("/s"), CheckpointDirectory = Bytes("/c"), ScriptArguments = { [1] = Bytes("") },
                Environment = { new RawVariable { Name = Bytes("A"), Value = Bytes("") } },
            },
        };

        var sent = SpecMapper.ToWire(SpecMapper.FromWire(spec));

        Assert.Equal(spec.Raw, sent.Raw);
        Assert.Equal(("/\uFFFD", "/c\uFFFD", "\uFFFD"), (sent.WorkingDirectory, sent.Checkpoint.Directory, sent.ScriptArguments[1]));
        Assert.Equal(["PLAIN"], sent.Environment.Keys);
    }

    [Fact]
    public void A_string_that_holds_the_sign_of_a_mark_means_it()
    {
        var sent = SpecMapper.ToWire(SpecMapper.FromWire(new JobSpec { User = "u", Comment = $"a{Mark}" }));

        Assert.Equal("a" + Mark, Encoding.UTF8.GetString(sent.Raw.Comment.Span));
    }

    private static ByteString Bytes(string before) => ByteString.CopyFrom([.. Encoding.UTF8.GetBytes(before), 0xE9]);
}
