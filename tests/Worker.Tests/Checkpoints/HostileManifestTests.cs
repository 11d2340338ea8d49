using System.Text;
using GpuScheduler.Worker.Checkpoints;
using GpuScheduler.Worker.Tests.Fixture;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GpuScheduler.Worker.Tests.Checkpoints;

/// <summary>Manifests that a job made to do harm, or by mistake.</summary>
public sealed class HostileManifestTests : IDisposable
{
    private const string Good = "{\"step\":7,\"path\":\"a\"}\n";

    private readonly TemporaryFolder _folder = new();

    private string Manifest => Path.Combine(_folder.Path, "manifest.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"step":1,"path":"a\u0000b"}""")]
    [InlineData("""{"step":1,"path":"\ud800"}""")]
    [InlineData("""{"step":1,"path":"a","sha256":"\ud800"}""")]
    [InlineData("""{"step":1,"pa\ud800th":"a"}""")]
    [InlineData("""{"step":99999999999999999999,"path":"a"}""")]
    [InlineData("""{"step":1,"path":"a","bytes":-1}""")]
    [InlineData("""{"step":1,"path":"a","bytes":1e400}""")]
    [InlineData("""{"step":1e2,"path":{}}""")]
    public void No_line_throws(string line)
    {
        Assert.Null(ManifestLine.Parse(line, _folder.Path, out var problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void No_bytes_whatever_throw()
    {
        var random = new Random(11);
        var good = Encoding.UTF8.GetBytes("""{"step":1,"path":"a\u0041b","bytes":3,"sha256":""}""");
        for (var i = 0; i < 20_000; i++)
        {
            var line = good.ToArray();
            for (var j = random.Next(1, 6); j > 0; j--)
                line[random.Next(line.Length)] = (byte)random.Next(256);

            var entry = ManifestLine.Parse(line, _folder.Path, out var problem);
            Assert.Equal(entry is null, problem is not null);
        }
    }

    [Fact]
    public void Garbage_is_told_once_with_its_count_and_does_not_hide_what_follows()
    {
        var log = new Lines();
        File.WriteAllText(Manifest, string.Concat(Enumerable.Repeat("x\n", 1_000_000)) + Good);
        var reader = new ManifestReader(_folder.Path, log);

        var entries = reader.ReadNew();
        for (var i = 0; i < 10; i++)
        {
            File.AppendAllText(Manifest, "x\n");
            reader.ReadNew();
        }

        reader.TellCounts();

        Assert.Equal([7L], entries.Select(entry => entry.Step));
        Assert.Equal(2, log.Said.Count);
        Assert.Contains("1009 times", log.Said[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_is_passed_over()
    {
        var log = new Lines();
        var reader = new ManifestReader(_folder.Path, log);
        using (var file = new StreamWriter(Manifest))
        {
            for (var i = 0; i < 30; i++)
                file.Write(new string('x', 1 << 20));
        }

        Assert.Empty(reader.ReadNew());
        File.AppendAllText(Manifest, "rest of it\n" + Good);

        Assert.Equal([7L], reader.ReadNew().Select(entry => entry.Step));
        Assert.Single(log.Said);
    }

    [Fact]
    public void A_huge_hole_is_passed_over()
    {
        using (var file = new FileStream(Manifest, FileMode.Create))
            file.SetLength(1L << 40);
        var reader = new ManifestReader(_folder.Path, NullLogger.Instance);

        Assert.Empty(reader.ReadNew());
        File.AppendAllText(Manifest, "\n" + Good);

        Assert.Equal([7L], reader.ReadNew().Select(entry => entry.Step));
    }

    [Fact]
    public void Another_file_under_the_name_is_read_from_its_beginning()
    {
        var reader = new ManifestReader(_folder.Path, NullLogger.Instance);
        File.WriteAllText(Manifest, Good);
        reader.ReadNew();

        _folder.File("new", "{\"step\":8,\"path\":\"b\"}\n" + Good);
        File.Move(Path.Combine(_folder.Path, "new"), Manifest, overwrite: true);

        Assert.Equal([8L, 7L], reader.ReadNew().Select(entry => entry.Step));
    }

    [Theory]
    [InlineData("fifo")]
    [InlineData("directory")]
    [InlineData("link")]
    [InlineData("endless")]
    [InlineData("socket")]
    public void What_is_no_file_is_refused_at_once(string kind)
    {
        OddFiles.Make(kind, Manifest);

        Assert.Throws<IOException>(() => new ManifestReader(_folder.Path, NullLogger.Instance).ReadNew());
    }

    [Fact]
    public void What_a_job_wrote_reaches_no_terminal()
    {
        var log = new Lines();
        File.WriteAllText(Manifest, "\u001b[2J\u0007\rforged\n");

        new ManifestReader(_folder.Path, log).ReadNew();

        Assert.DoesNotContain(log.Said[0], char.IsControl);
    }

    private sealed class Lines : ILogger
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Add(formatter(state, exception));
    }
}
