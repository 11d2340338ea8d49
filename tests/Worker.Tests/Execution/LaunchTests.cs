using System.Text;
using Google.Protobuf;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

/// <summary>What can't be started is told with whose fault it is; what has any bytes in it can be.</summary>
public sealed class LaunchTests
{
    [Fact]
    public async Task A_missing_working_directory_may_be_this_nodes_fault_and_is_named()
    {
        var ended = await RunAsync(A.Command("true").With(job => job.Spec.WorkingDirectory = "/no/such/place"));

        Assert.Equal((EndCause.LaunchFailed, LaunchFault.Missing, 1), (ended.Cause, ended.LaunchFault, ended.ExitCode));
        Assert.Contains("'/no/such/place' doesn't exist on node node-a", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_for_output_may_be_this_nodes_fault_and_is_named()
    {
        var ended = await RunAsync(A.Command("true").With(job => job.Spec.Output = "/no/such/place/out"));

        Assert.Equal((EndCause.LaunchFailed, LaunchFault.Missing), (ended.Cause, ended.LaunchFault));
        Assert.Contains("/no/such/place", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interpreter_that_this_node_lacks_is_named()
    {
        var ended = await RunAsync(A.Script("#!/opt/none/bin/python -u\nprint()\n"));

        Assert.Equal((EndCause.LaunchFailed, LaunchFault.Missing), (ended.Cause, ended.LaunchFault));
        Assert.StartsWith(
            "'/opt/none/bin/python', which the script's first line names as its interpreter, isn't on node node-a", ended.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_programs_missing_interpreter_is_named_too()
    {
        await using var worker = await TestWorker.StartAsync();
        var program = worker.Folder.File("program", "#!/opt/none/bin/perl\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var ended = await worker.RunAsync(A.Command(program));

        Assert.Equal((EndCause.Exited, 127), (ended.Cause, ended.ExitCode));
        Assert.Contains("names '/opt/none/bin/perl' in its first line", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_for_output_is_made_with_the_submitters_mask()
    {
        await using var worker = await TestWorker.StartAsync();
        var output = Path.Combine(worker.Folder.Path, "out");
        var job = A.Shell("echo hi").With(job => (job.Spec.Output, job.Spec.Umask) = (output, 7));

        await worker.RunAsync(job);

        const UnixFileMode expected = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        Assert.Equal((expected, "hi\n"), (File.GetUnixFileMode(output), File.ReadAllText(output)));
    }

    [Fact]
    public async Task Arguments_that_no_system_takes_are_the_jobs_fault()
    {
        var ended = await RunAsync(A.Command("true", new string('x', 256 << 10)));

        Assert.Equal((EndCause.LaunchFailed, LaunchFault.Job), (ended.Cause, ended.LaunchFault));
    }

    [Theory]
    [InlineData("#!/bin/sh -e\nfalse\necho no\n", "", 1)]
    [InlineData("#! /usr/bin/env  sh  \necho $1\n", "one two\n", 0)]
    [InlineData("#!/usr/bin/printf %s|\n", "FOLDER/script|one two|", 0)]
    [InlineData("echo no interpreter\n", "no interpreter\n", 0)]
    public async Task A_script_is_started_as_the_kernel_would(string script, string output, int code)
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Script(script, "one two");

        var ended = await worker.RunAsync(job);

        var folder = Path.Combine(worker.Data.Attempts, $"{job.JobId}.1");
        Assert.Equal((code, output.Replace("FOLDER", folder)), (ended.ExitCode, worker.Output(job)));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_reach_the_job_as_they_are()
    {
        await using var worker = await TestWorker.StartAsync();
        byte[] place = [.. Encoding.UTF8.GetBytes(worker.Folder.Path), .. "/d\u00e9j"u8, 0xE0];
        await worker.RunAsync(A.Shell($"mkdir \"$(printf '{worker.Folder.Path}/d\\303\\251j\\340')\""));
        var job = A.Shell("printf '%s|' \"$ACCENT\" \"$0\" \"$PWD\"; rmdir \"$PWD\"").With(job => job.Spec.Command.Add("?"));
        job.Spec.WorkingDirectory = "as raw says";
        job.Spec.Raw = new RawTexts
        {
            WorkingDirectory = ByteString.CopyFrom(place),
            Command = { [3] = ByteString.CopyFrom(0xFC) },
            Environment = { new RawVariable { Name = Bytes("ACCENT"u8), Value = ByteString.CopyFrom(0xE8, 0xF4) } },
        };

        await worker.RunAsync(job);

        var output = File.ReadAllBytes(Path.Combine(worker.Data.Attempts, $"{job.JobId}.1", "stdout"));
        Assert.Equal([0xE8, 0xF4, (byte)'|', 0xFC, (byte)'|', .. place, (byte)'|'], output);
    }

    [Fact]
    public async Task A_script_in_Latin1_runs()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Script("#!/bin/sh\n# mod?le\n");
        job.Spec.Raw = new RawTexts { Script = Bytes(Encoding.Latin1.GetBytes("#!/bin/sh\necho mod\u00e8le\n")) };

        await worker.RunAsync(job);

        Assert.Equal("mod\u00e8le\n", Encoding.Latin1.GetString(
            File.ReadAllBytes(Path.Combine(worker.Data.Attempts, $"{job.JobId}.1", "stdout"))));
    }

    private static ByteString Bytes(ReadOnlySpan<byte> bytes) => ByteString.CopyFrom(bytes);

    private static async Task<AttemptEnded> RunAsync(Dispatch dispatch)
    {
        await using var worker = await TestWorker.StartAsync();
        return await worker.RunAsync(dispatch);
    }
}
