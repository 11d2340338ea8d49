using System.Diagnostics;
using System.Runtime.Versioning;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>What another account of the machine can read of a pool's files: nothing.</summary>
[SupportedOSPlatform("linux")]
public sealed class OtherAccountTests
{
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [SecondAccountFact]
    public async Task FilesOfSchedulerWorkerAndJobs_AreReadByNoOtherAccount()
    {
        await using var lab = await Lab.Start();
        File.SetUnixFileMode(lab.Folder, Everybody);
        await lab.StartWorker("desk");
        var spec = Lab.Shell("umask; mkdir made; echo $SECRET > made/file; echo $SECRET");
        spec.WorkingDirectory = "";
        spec.Environment["SECRET"] = "opensesame";
        await lab.JobIs(await lab.Submit(spec), JobState.Completed);

        Assert.Equal("", await ReadableByNobody(lab));
    }

    [SecondAccountFact]
    public async Task FilesThatAnEarlierVersionLeftOpen_AreClosedAtTheNextStart()
    {
        await using var lab = await Lab.Start();
        File.SetUnixFileMode(lab.Folder, Everybody);
        var worker = await lab.StartWorker("desk");
        await lab.JobIs(await lab.Submit(Lab.Shell("true")), JobState.Completed);
        await worker.Terminate();
        await lab.Scheduler.Terminate();
        await Run("chmod", "-R", "a+rX", lab.In("scheduler"), lab.In("worker-desk"));
        Assert.NotEqual("", await ReadableByNobody(lab));

        await lab.StartScheduler();
        await lab.StartWorker("desk");

        Assert.Equal("", await ReadableByNobody(lab));
    }

    /// <summary>A path that can be read, or that can be reached below a folder which can't be listed.</summary>
    private static async Task<string> ReadableByNobody(Lab lab)
    {
        var all = (await Run("find", lab.In("scheduler"), lab.In("worker-desk"))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(all.Length, 10, 1_000);
        return await Run(
            SecondAccountFactAttribute.SetPrivileges,
            [
                "--reuid=65534", "--regid=65534", "--clear-groups",
                "sh", "-c", "for f; do [ ! -r \"$f\" ] || echo \"$f\"; done", "sh", .. all,
            ]);
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
