using GpuScheduler.Protos.V1;
using GpuScheduler.Testing.Disks;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

/// <summary>Where a job sends its output is its own choice: a node answers for its worker's disk alone.</summary>
public sealed class OutputPlaceTests
{
    [SmallDiskFact]
    public async Task A_full_disk_of_the_users_is_not_the_nodes_fault()
    {
        using var disk = new SmallDisk(1, "nr_inodes=3");
        File.WriteAllText(Path.Combine(disk.Path, "a"), "");
        File.WriteAllText(Path.Combine(disk.Path, "b"), "");
        await using var worker = await TestWorker.StartAsync();

        foreach (var spec in Specs(Path.Combine(disk.Path, "more")))
        {
            var ended = await worker.RunAsync(A.Job(spec));

            Assert.Equal((EndCause.LaunchFailed, LaunchFault.Missing), (ended.Cause, ended.LaunchFault));
            Assert.Contains(disk.Path, ended.Message, StringComparison.Ordinal);
        }
    }

    [SmallDiskFact]
    public async Task A_full_disk_of_the_workers_own_is_the_nodes_fault_whatever_file_a_job_names()
    {
        using var disk = new SmallDisk(2);
        await using var worker = await TestWorker.StartAsync(data: Path.Combine(disk.Path, "data"));
        var named = Path.Combine(disk.Path, "named");

        var full = new IOException("no space", 28);

        Assert.True(NodeErrors.Is(full, named, worker.Data.Root));
        Assert.True(NodeErrors.Is(full, Path.Combine(named, "deeper", "still"), worker.Data.Root));
        Assert.False(NodeErrors.Is(full, Path.Combine(worker.Folder.Path, "out"), worker.Data.Root));
        Assert.False(NodeErrors.Is(new IOException("access denied", 13), named, worker.Data.Root));
        Assert.True(NodeErrors.Is(new IOException("too many files", 24), "/elsewhere", worker.Data.Root));
    }

    [Theory]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/stderr")]
    [InlineData("/dev/fd/1")]
    [InlineData("/proc/self/fd/1")]
    [InlineData("/proc/self/cwd/out")]
    [InlineData("/dev/tty")]
    [InlineData("/tmp/../dev//./zero")]
    [InlineData("LINK")]
    [InlineData("FOLDER/out")]
    public async Task Output_into_what_is_the_workers_own_or_a_device_is_the_jobs_fault(string output)
    {
        await using var worker = await TestWorker.StartAsync();
        var link = File.CreateSymbolicLink(Path.Combine(worker.Folder.Path, "link"), "/dev/stdout").FullName;
        var folder = File.CreateSymbolicLink(Path.Combine(worker.Folder.Path, "folder"), "/proc/self").FullName;
        output = output.Replace("LINK", link).Replace("FOLDER", folder);

        foreach (var field in new[] { "output", "error" })
        {
            var (first, second) = field == "output" ? (output, "") : ("", output);
            var ended = await worker.RunAsync(A.Command("true").With(job => (job.Spec.Output, job.Spec.Error) = (first, second)));

            Assert.Equal((EndCause.LaunchFailed, LaunchFault.Job), (ended.Cause, ended.LaunchFault));
            Assert.Contains($"'{output}'", ended.Message, StringComparison.Ordinal);
            Assert.Contains("Allowed: a regular file in an existing, writable directory outside /proc and /dev", ended.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Output_in_shared_memory_is_an_ordinary_file()
    {
        await using var worker = await TestWorker.StartAsync();
        var path = $"/dev/shm/gpusched-{Guid.NewGuid():N}";

        var ended = await worker.RunAsync(A.Shell("echo hi").With(job => job.Spec.Output = path));

        Assert.Equal((0, "hi\n"), (ended.ExitCode, File.ReadAllText(path)));
        File.Delete(path);
    }

    [Theory]
    [InlineData("/dev/null", "is not a directory")]
    [InlineData("FIFO", "is not a directory")]
    [InlineData("/proc/self/cwd", "the worker's own")]
    public async Task A_checkpoint_directory_that_is_none_is_told_with_what_is_allowed(string directory, string words)
    {
        await using var worker = await TestWorker.StartAsync();
        var named = directory == "FIFO" ? OddFiles.Fifo(Path.Combine(worker.Folder.Path, "fifo")) : directory;

        var ended = await worker.RunAsync(A.Command("true").WithCheckpoints(named));

        Assert.Equal(EndCause.LaunchFailed, ended.Cause);
        Assert.NotEqual(LaunchFault.Node, ended.LaunchFault);
        Assert.Contains(words, ended.Message, StringComparison.Ordinal);
        Assert.Contains("Allowed: an absolute path", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_working_directory_that_is_a_file_is_said_to_be_none()
    {
        await using var worker = await TestWorker.StartAsync();
        var fifo = OddFiles.Fifo(Path.Combine(worker.Folder.Path, "fifo"));

        var ended = await worker.RunAsync(A.Command("true").With(job => job.Spec.WorkingDirectory = fifo));

        Assert.Equal(LaunchFault.Missing, ended.LaunchFault);
        Assert.Contains("is not a directory on node", ended.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<JobSpec> Specs(string path) =>
    [
        new() { Name = "test", User = "ada", Command = { "true" }, Output = path },
        new() { Name = "test", User = "ada", Command = { "true" }, Error = path },
        new() { Name = "test", User = "ada", Command = { "true" }, Checkpoint = new() { Enabled = true, Directory = path } },
    ];
}
