using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Session;

/// <summary>Someone removes a part of the data directory while the worker runs.</summary>
public sealed class RemovedFolderTests
{
    [Theory]
    [InlineData("checkpoints")]
    [InlineData("attempts")]
    [InlineData("outbox")]
    [InlineData("bells")]
    public async Task A_folder_that_was_removed_is_made_anew_and_no_session_ends_over_it(string folder)
    {
        await using var worker = await TestWorker.StartAsync();
        await worker.RunAsync(A.Command("true"));
        Directory.Delete(Path.Combine(worker.Data.Root, folder), recursive: true);

        worker.Talk.EndSessions();
        await worker.Talk.UntilAsync(_ => worker.Talk.Hellos.Count >= 2, "a second session");
        var ends = new[]
        {
            await worker.RunAsync(A.Shell("exit 3")),
            await worker.RunAsync(A.Shell("exit 4").With(job => job.Spec.Checkpoint = new() { Enabled = true })),
        };
        await BeatsAsync(worker, 2);

        Assert.Equal([(EndCause.Exited, 3), (EndCause.Exited, 4)], ends.Select(end => (end.Cause, end.ExitCode)));
        Assert.Equal(2, worker.Talk.Hellos.Count);
        await Processes.UntilAsync(
            () => Directory.Exists(Path.Combine(worker.Data.Root, folder)) && (folder != "bells" || File.Exists(worker.Data.Bell)),
            "the folder");
        if (folder == "outbox")
            Assert.Contains(Directory.GetFiles(worker.Data.Outbox), file => new FileInfo(file).Length > 0);
    }

    [Fact]
    public async Task A_look_through_old_folders_that_fails_ends_no_session()
    {
        await using var worker = await TestWorker.StartAsync();
        await worker.RunAsync(A.Command("true"));
        Directory.Delete(worker.Data.Checkpoints, recursive: true);
        File.WriteAllText(worker.Data.Checkpoints, "a file in its place");

        worker.Talk.EndSessions();
        await worker.Talk.UntilAsync(_ => worker.Talk.Hellos.Count >= 2, "a second session");
        await BeatsAsync(worker, 3);

        Assert.Equal(0, (await worker.RunAsync(A.Command("true"))).ExitCode);
        Assert.Equal(2, worker.Talk.Hellos.Count);
    }

    /// <summary>Heartbeats of the session that is there now.</summary>
    private static async Task BeatsAsync(TestWorker worker, int beats)
    {
        int Count() => worker.Talk.Heard.Count(message => message.Heartbeat is not null);
        var before = Count();
        await worker.Talk.UntilAsync(_ => Count() >= before + beats, "heartbeats");
    }
}
