using GpuScheduler.Testing;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Housekeeping;
using GpuScheduler.Worker.Tests.Fixture;
using Microsoft.Extensions.Logging.Abstractions;

namespace GpuScheduler.Worker.Tests.Housekeeping;

public sealed class AttemptArchiveTests : IDisposable
{
    private static readonly ArchiveLimits Roomy = new(TimeSpan.FromDays(7), Count: 100, Bytes: 1000, LargestFile: 500);

    private readonly TemporaryFolder _root = new();
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly List<AttemptKey> _unacknowledged = [];

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Beyond_the_count_the_oldest_go()
    {
        var archive = Archive(Roomy with { Count = 2 });

        Keep(archive, outputs: [0, 0, 0, 0]);
        archive.RemoveOld();

        Assert.Equal(["3.1", "4.1"], Left());
    }

    [Fact]
    public void Beyond_the_size_the_oldest_go_and_a_file_counts_as_much_as_it_may_hold()
    {
        var archive = Archive(Roomy);

        Keep(archive, outputs: [400, 400, 9999]);
        archive.RemoveOld();

        Assert.Equal(["2.1", "3.1"], Left());
    }

    [Fact]
    public void After_a_week_they_go()
    {
        var archive = Archive(Roomy);

        Keep(archive, outputs: [1, 1]);
        _time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        archive.RemoveOld();
        Assert.Equal(["1.1", "2.1"], Left());

        _time.Advance(TimeSpan.FromSeconds(2));
        archive.RemoveOld();
        Assert.Empty(Left());
    }

    [Fact]
    public void What_the_scheduler_has_not_acknowledged_stays_and_so_does_all_after_it()
    {
        var archive = Archive(Roomy with { Count = 1 });
        _unacknowledged.Add(new("2", 1));

        Keep(archive, outputs: [0, 0, 0]);
        archive.RemoveOld();
        Assert.Equal(["2.1", "3.1"], Left());

        _unacknowledged.Clear();
        archive.RemoveOld();
        Assert.Equal(["3.1"], Left());
    }

    private AttemptArchive Archive(ArchiveLimits limits) => new(limits, () => _unacknowledged, _time, NullLogger<AttemptArchive>.Instance);

    private void Keep(AttemptArchive archive, int[] outputs)
    {
        for (var job = 1; job <= outputs.Length; job++)
        {
            var key = new AttemptKey($"{job}", 1);
            var folder = new AttemptFolder(Path.Combine(_root.Path, key.FolderName), key);
            folder.Create(A.Command("true").With(dispatch => dispatch.JobId = key.JobId));
            File.WriteAllBytes(folder.StandardOutput, new byte[outputs[job - 1]]);
            folder.MarkReported();
            Directory.SetLastWriteTimeUtc(folder.Path, _time.GetUtcNow().UtcDateTime);
            archive.Add(folder);
        }
    }

    private IEnumerable<string?> Left() => Directory.GetDirectories(_root.Path).Select(Path.GetFileName).Order();
}
