using GpuScheduler.Worker.Checkpoints;
using GpuScheduler.Worker.Tests.Fixture;
using Microsoft.Extensions.Logging.Abstractions;

namespace GpuScheduler.Worker.Tests.Checkpoints;

public sealed class ManifestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"step":5,"path":"a.bin"}""", 5)]
    [InlineData("""{"step":5,"path":"sub/a.bin","bytes":1,"sha256":"","extra":true}""", 5)]
    [InlineData("""{"step":5,"path":"../a.bin"}""", null)]
    [InlineData("""{"step":5,"path":"/etc/passwd"}""", null)]
    [InlineData("""{"step":5,"path":"."}""", null)]
    [InlineData("""{"step":-1,"path":"a.bin"}""", null)]
    [InlineData("""{"step":"5","path":"a.bin"}""", null)]
    [InlineData("""{"path":"a.bin"}""", null)]
    [InlineData("""{"step":5,"path":"a.bin","sha256":"abc"}""", null)]
    [InlineData("""{"step":5,"pa""", null)]
    [InlineData("""[1,2]""", null)]
    [InlineData("""null""", null)]
    public void Only_whole_lines_inside_the_directory_count(string line, int? step)
    {
        var entry = ManifestLine.Parse(line, _folder.Path, out var problem);

        Assert.Equal(step, (int?)entry?.Step);
        Assert.Equal(entry is null, problem is not null);
    }

    [Fact]
    public void An_absolute_path_inside_the_directory_counts()
    {
        var entry = ManifestLine.Parse($$"""{"step":1,"path":"{{_folder.Path}}/a.bin"}""", _folder.Path, out _);

        Assert.Equal("a.bin", entry?.RelativePath);
    }

    [Fact]
    public void A_line_is_read_once_and_only_when_it_is_whole()
    {
        var reader = new ManifestReader(_folder.Path, NullLogger.Instance);
        var path = _folder.File("manifest.jsonl", "{\"step\":1,\"path\":\"a\"}\nnonsense\n{\"step\":2,");

        var first = reader.ReadNew();
        var between = reader.ReadNew();
        File.AppendAllText(path, "\"path\":\"b\"}\n");
        var last = reader.ReadNew();

        Assert.Equal([1L], first.Select(entry => entry.Step));
        Assert.Empty(between);
        Assert.Equal([2L], last.Select(entry => entry.Step));
    }

    [Fact]
    public void A_manifest_written_anew_is_read_from_its_beginning()
    {
        var reader = new ManifestReader(_folder.Path, NullLogger.Instance);
        _folder.File("manifest.jsonl", "{\"step\":100,\"path\":\"long-name-of-a-file\"}\n");
        reader.ReadNew();

        _folder.File("manifest.jsonl", "{\"step\":1,\"path\":\"a\"}\n");

        Assert.Equal([1L], reader.ReadNew().Select(entry => entry.Step));
    }
}
