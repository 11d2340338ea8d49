using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.CommandLine;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Housekeeping;

public sealed class CheckpointFoldersTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task Only_what_has_not_changed_for_long_is_asked_about()
    {
        await using var worker = await TestWorker.StartAsync(
            prepareData: data => (Keep(data, "old", Week * 2), Keep(data, "young", Week / 2)));

        var asked = await worker.Talk.FirstAsync(
            heard => heard.FirstOrDefault(message => message.KeptJobs is not null)?.KeptJobs, "the question");

        Assert.Equal(["old"], asked.JobIds);
    }

    [Fact]
    public async Task Checkpoints_go_when_their_job_has_ended_long_ago_and_only_then()
    {
        await using var worker = await TestWorker.StartAsync(prepareData: data =>
        {
            foreach (var job in (string[])["gone", "fresh", "unknown"])
                Keep(data, job, Week * 2);
            return data;
        });

        await worker.Talk.SayAsync(
            new() { EndedJobs = new() { Jobs = { Ended("gone", Week * 1.1), Ended("fresh", Week * 0.9), Ended("../logs", Week * 2) } } });
        await Processes.UntilAsync(() => Directory.GetDirectories(worker.Data.Checkpoints).Length == 2, "the folder's removal");

        Assert.Equal(["fresh", "unknown"], Directory.GetDirectories(worker.Data.Checkpoints).Select(Path.GetFileName).Order());
        Assert.True(Directory.Exists(Path.Combine(worker.Data.Root, "logs")));
    }

    [Fact]
    public async Task Those_of_a_completed_job_stay_as_long_as_the_scheduler_keeps_history()
    {
        await using var worker = await TestWorker.StartAsync(
            talk => talk.Welcome.HistoryKeep = Duration.FromTimeSpan(Week * 3),
            prepareData: data => (Keep(data, "young", Week * 5), Keep(data, "old", Week * 5), Keep(data, "failed", Week * 5)));

        await worker.Talk.SayAsync(new()
        {
            EndedJobs = new() { Jobs = { Ended("young", Week * 2, true), Ended("old", Week * 4, true), Ended("failed", Week * 2) } },
        });
        await Processes.UntilAsync(() => Directory.GetDirectories(worker.Data.Checkpoints).Length == 1, "the folders' removal");

        Assert.Equal(["young"], Directory.GetDirectories(worker.Data.Checkpoints).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Those_of_a_completed_job_go_sooner_where_the_disk_is_short_of_room_but_not_in_the_first_week()
    {
        await using var worker = await TestWorker.StartAsync(
            adjust: options => options with { DiskReserve = long.MaxValue / 2 },
            prepareData: data => (Keep(data, "young", Week * 2), Keep(data, "old", Week * 2)));
        await worker.Talk.FirstAsync(heard => heard.FirstOrDefault(message => message.KeptJobs is not null), "the question");

        await worker.Talk.SayAsync(
            new() { EndedJobs = new() { Jobs = { Ended("young", Week * 0.9, true), Ended("old", Week * 2, true) } } });
        await Processes.UntilAsync(() => Directory.GetDirectories(worker.Data.Checkpoints).Length == 1, "the folder's removal");

        Assert.Equal(["young"], Directory.GetDirectories(worker.Data.Checkpoints).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_job_that_runs_here_keeps_its_checkpoints_whatever_is_said()
    {
        await using var worker = await TestWorker.StartAsync(prepareData: data => Keep(data, "gone", Week * 2));
        var job = A.Command("sleep", "1000").WithCheckpoints("");
        await worker.Talk.DispatchAsync(job);
        await worker.Talk.StartOfAsync(job);

        await worker.Talk.SayAsync(new() { EndedJobs = new() { Jobs = { Ended(job.JobId, Week * 2), Ended("gone", Week * 2) } } });
        await Processes.UntilAsync(() => Directory.GetDirectories(worker.Data.Checkpoints).Length == 1, "the other folder's removal");

        Assert.True(Directory.Exists(Path.Combine(worker.Data.Checkpoints, job.JobId)));
    }

    [Theory]
    [InlineData("7d", 7 * 24 * 3600)]
    [InlineData("12h", 12 * 3600)]
    [InlineData("5m", 300)]
    [InlineData("0s", 0)]
    [InlineData("7", null)]
    [InlineData("d", null)]
    [InlineData("-1d", null)]
    [InlineData("1.5d", null)]
    [InlineData("999999999d", null)]
    public void Times_to_keep_are_read_as_people_write_them(string text, int? seconds) =>
        Assert.Equal(seconds is { } known ? TimeSpan.FromSeconds(known) : null, KeepTime.Parse(text));

    private static EndedJob Ended(string job, TimeSpan since, bool completed = false) =>
        new() { JobId = job, EndedFor = Duration.FromTimeSpan(since), Completed = completed };

    private static DirectoryInfo Keep(DataDirectory data, string job, TimeSpan since)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data.Checkpoints, job));
        File.WriteAllText(Path.Combine(folder.FullName, "step-1.bin"), "weights");
        folder.LastWriteTimeUtc = DateTime.UtcNow - since;
        return folder;
    }
}
