using System.Diagnostics;
using System.Runtime.Versioning;
using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>The script at the repository's root, with a stand-in for the program that it would build.</summary>
[SupportedOSPlatform("linux")]
public sealed class WrapperTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("gpusched-wrapper-");

    public WrapperTests()
    {
        var app = _root.CreateSubdirectory("artifacts/app");
        File.Copy(Path.Combine(Golden.Metadata("RepositoryRoot"), "gpusched"), Path.Combine(_root.FullName, "gpusched"));
        foreach (var folder in (string[])["client", "scheduler", "worker", "protos", "embedded", "deploy"])
            _root.CreateSubdirectory(folder);

        foreach (var file in (string[])["Directory.Build.props", "global.json", "deploy/apps.proj", "deploy/publish"])
            File.WriteAllText(Path.Combine(_root.FullName, file), "");

        WriteProgram(Path.Combine(app.FullName, "gpusched"), "#!/bin/sh\necho \"$GPUSCHED_ARGV0|$DOTNET_ROOT|$*\"\n");
        File.WriteAllText(Path.Combine(app.FullName, ".dotnet-root"), "/opt/dotnet\n");
        File.WriteAllText(Path.Combine(app.FullName, ".built"), "");
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task It_passes_words_on_as_they_are() =>
        Assert.Equal(
            (0, "gpusched|/opt/dotnet|submit -- a  b\n", ""),
            await RunAsync(Path.Combine(_root.FullName, "gpusched"), "submit", "--", "a  b"));

    [Fact]
    public async Task Through_a_link_it_tells_the_name_it_was_called_by()
    {
        var link = Path.Combine(_root.FullName, "sbatch");
        File.CreateSymbolicLink(link, Path.Combine(_root.FullName, "gpusched"));

        Assert.Equal((0, "sbatch|/opt/dotnet|job.sh\n", ""), await RunAsync(link, "job.sh"));
    }

    [Fact]
    public async Task A_changed_source_is_built_and_a_failed_build_shows_its_errors()
    {
        WriteProgram(Path.Combine(_root.FullName, "deploy/publish"), "#!/bin/sh\necho 'A.cs(1,1): error CS0000: no'\nexit 1\n");
        File.WriteAllText(Path.Combine(_root.FullName, "client/A.cs"), "");
        File.SetLastWriteTimeUtc(
            Path.Combine(_root.FullName, "client/A.cs"), File.GetLastWriteTimeUtc(Path.Combine(_root.FullName, "gpusched")).AddDays(1));

        var (exitCode, output, error) = await RunAsync(Path.Combine(_root.FullName, "gpusched"), "version");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("error CS0000", error, StringComparison.Ordinal);
        Assert.Contains("artifacts/build.log", error, StringComparison.Ordinal);
    }

    private static void WriteProgram(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task<(int ExitCode, string Out, string Error)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("DOTNET_ROOT");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
