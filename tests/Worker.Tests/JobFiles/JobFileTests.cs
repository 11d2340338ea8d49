using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.JobFiles;

public sealed class JobFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fifo", "a FIFO")]
    [InlineData("directory", "a directory")]
    [InlineData("link", "a symbolic link")]
    [InlineData("endless", "a symbolic link")]
    [InlineData("socket", "a socket")]
    public void What_is_no_regular_file_is_not_read_and_does_not_hold_back(string kind, string word)
    {
        var path = OddFiles.Make(kind, Path.Combine(_folder.Path, "odd"));

        var refused = Assert.Throws<IOException>(() => JobFile.TryOpen(path));

        Assert.Contains(word, refused.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => JobFile.TryReadAll(path, 1000));
        Assert.Throws<IOException>(() => JobFile.TryOpenToChange(path));
    }

    [Theory]
    [InlineData("fifo")]
    [InlineData("directory")]
    [InlineData("socket")]
    [InlineData("endless")]
    public void Output_goes_to_regular_files_alone(string kind) =>
        Assert.Throws<IOException>(() => JobFile.OpenToAppend(OddFiles.Make(kind, Path.Combine(_folder.Path, "odd"))));

    [Fact]
    public void Output_may_be_thrown_away_or_go_through_a_link_of_the_users()
    {
        var target = _folder.File("target", "");
        var link = File.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), target).FullName;

        using var nowhere = JobFile.OpenToAppend("/dev/null");
        using var file = JobFile.OpenToAppend(link);
        RandomAccess.Write(file, "x"u8, 0);

        Assert.Equal("x", File.ReadAllText(target));
    }

    [Fact]
    public void A_file_that_is_not_there_is_none()
    {
        Assert.Null(JobFile.TryOpen(Path.Combine(_folder.Path, "no")));
        Assert.Null(JobFile.TryOpen(Path.Combine(_folder.File("file", ""), "no")));
        Assert.Throws<IOException>(() => JobFile.TryOpen(_folder.Path + "/a\0b"));
    }

    [Fact]
    public void A_small_file_is_read_whole_and_a_large_one_is_refused()
    {
        var path = _folder.File("file", "12345");

        Assert.Equal("12345"u8, JobFile.TryReadAll(path, 5)!);
        Assert.Throws<IOException>(() => JobFile.TryReadAll(path, 4));
    }
}
