using System.Diagnostics;
using System.Runtime.InteropServices;
using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>The program itself, called through links with Slurm's names: an installed one has no wrapper that tells its name.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gpusched-links-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("sbatch", "usage: gpusched submit", 0, null)]
    [InlineData("squeue", "usage: gpusched queue", 0, null)]
    [InlineData("scancel", "usage: gpusched cancel", 0, null)]
    [InlineData("srun", "srun: jobs run in the background here", 2, null)]
    [InlineData("sinfo", "usage: gpusched nodes", 0, "gpusched")]
    [InlineData("other", "usage: gpusched VERB", 0, null)]
    [InlineData("other", "usage: gpusched nodes", 0, "sinfo")]
    public async Task A_link_to_the_program_is_enough(string name, string words, int exitCode, string? wrapper)
    {
        var link = Path.Combine(_folder.FullName, name);
        File.CreateSymbolicLink(link, Golden.Metadata("ClientProgram"));

        var (code, text) = await RunAsync(link, wrapper);

        Assert.Equal(exitCode, code);
        Assert.Contains(words, text, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(int ExitCode, string Text)> RunAsync(string program, string? wrapper)
    {
        var start = new ProcessStartInfo(program, ["--help"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
        start.Environment["GPUSCHED_ARGV0"] = wrapper;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
