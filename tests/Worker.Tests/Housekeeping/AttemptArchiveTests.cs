using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Housekeeping;
using GpuScheduler.Worker.Tests.Fixture;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GpuScheduler.Worker.Tests.Housekeeping;

public sealed class AttemptArchiveTests : IDisposable
{
    private static readonly ArchiveLimits Roomy = new(TimeSpan.FromDays(7), Count: 100, Bytes: 1000, LargestFile: 500);

    private readonly TemporaryFolder _root = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly List<AttemptKey> _unacknowledged = [];
    private readonly Retention _retention = new();
    private DiskReserve _disk = new(0, "/");

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

    [Fact]
    public void The_output_of_a_completed_job_stays_as_long_as_the_scheduler_keeps_history()
    {
        var archive = Archive(Roomy);
        Keep(archive, outputs: [9999, 9999, 0], run: "77\nexit 0\n");

        _time.Advance(TimeSpan.FromDays(300));
        archive.RemoveOld();
        Assert.Equal(["1.1", "2.1"], Left());

        _retention.Told(TimeSpan.FromDays(301));
        archive.RemoveOld();
        Assert.Equal(["1.1", "2.1"], Left());

        _time.Advance(TimeSpan.FromDays(2));
        archive.RemoveOld();
        Assert.Empty(Left());
    }

    [Fact]
    public void A_scheduler_that_does_not_say_means_half_a_year()
    {
        var archive = Archive(Roomy);
        Keep(archive, outputs: [1], run: "77\nexit 0\n");
        _retention.Told(null);

        _time.Advance(TimeSpan.FromDays(179));
        archive.RemoveOld();
        Assert.Equal(["1.1"], Left());

        _time.Advance(TimeSpan.FromDays(2));
        archive.RemoveOld();
        Assert.Empty(Left());
    }

    [Fact]
    public void Where_the_disk_is_short_of_room_the_oldest_go_but_not_what_is_young_and_small()
    {
        _disk = new(long.MaxValue / 2, "/");
        var archive = Archive(Roomy);
        Keep(archive, outputs: [400, 400, 300], run: "77\nexit 0\n");

        archive.RemoveOld();
        Assert.Equal(["2.1", "3.1"], Left());

        _time.Advance(TimeSpan.FromDays(8));
        archive.RemoveOld();
        Assert.Empty(Left());
    }

    [Theory]
    [InlineData("77\nexit 1\n")]
    [InlineData("77\nworkdir\n")]
    public void What_failed_goes_after_a_week(string run)
    {
        var archive = Archive(Roomy);
        Keep(archive, outputs: [1], run);

        _time.Advance(TimeSpan.FromDays(8));
        archive.RemoveOld();

        Assert.Empty(Left());
    }

    private AttemptArchive Archive(ArchiveLimits limits) => new(
        limits, _retention, _disk, () => _unacknowledged, _time, NullLogger<AttemptArchive>.Instance);

    private void Keep(AttemptArchive archive, int[] outputs, string run = "")
    {
        for (var job = 1; job <= outputs.Length; job++)
        {
            var key = new AttemptKey($"{job}", 1);
            var folder = new AttemptFolder(Path.Combine(_root.Path, key.FolderName), key);
            folder.Create(A.Command("true").With(dispatch => dispatch.JobId = key.JobId));
            using (var file = File.OpenHandle(Path.Combine(folder.Path, "run"), FileMode.Open, FileAccess.Write))
                RandomAccess.Write(file, System.Text.Encoding.ASCII.GetBytes(run), 0);
            File.WriteAllBytes(folder.StandardOutput, new byte[outputs[job - 1]]);
            folder.MarkReported();
            Directory.SetLastWriteTimeUtc(folder.Path, _time.GetUtcNow().UtcDateTime);
            archive.Add(folder);
        }
    }

    private IEnumerable<string?> Left() => Directory.GetDirectories(_root.Path).Select(Path.GetFileName).Order();
}
