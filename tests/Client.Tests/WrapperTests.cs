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
        foreach (var folder in (string[])["client", "scheduler", "worker", "protos", "common", "deploy"])
            _root.CreateSubdirectory(folder);

        foreach (var file in (string[])["Directory.Build.props", "global.json", "deploy/apps.proj", "deploy/publish"])
            File.WriteAllText(Path.Combine(_root.FullName, file), "");

        WriteProgram(Path.Combine(app.FullName, "gpusched"), "#!/bin/sh\necho \"$GPUSCHED_ARGV0|$DOTNET_ROOT|$*\"\n");
        File.WriteAllText(Path.Combine(app.FullName, ".dotnet-root"), "/opt/dotnet\n");
        File.WriteAllText(Path.Combine(app.FullName, ".built"), "");
    }

    public void Dispose()
    {
        foreach (var folder in _root.EnumerateDirectories("*", SearchOption.AllDirectories).Append(_root))
            folder.UnixFileMode |= UnixFileMode.UserWrite;
        _root.Delete(recursive: true);
    }

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

    [Theory]
    [InlineData("", "no")]
    [InlineData("2>&-", "")]
    public async Task From_a_folder_that_is_gone_it_says_nothing_of_its_own(string streams, string error)
    {
        WriteProgram(Path.Combine(_root.FullName, "artifacts/app/gpusched"), "#!/bin/sh\necho \"$*\"; printf no >&2\nexit 0\n");
        var script = $"cd \"$(mktemp -d)\" && rmdir \"$PWD\" && exec \"$0\" submit 'a  b' {streams}";

        var result = await RunAsync("/bin/sh", "-c", script, Path.Combine(_root.FullName, "gpusched"));

        Assert.Equal((0, "submit a  b\n", error), result);
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

    /// <summary>A lab's shared checkout: its owner builds, the others use what is there.</summary>
    [Theory]
    [InlineData(true, 0, "older than its sources")]
    [InlineData(false, 1, "not built yet")]
    public async Task Somebody_elses_checkout_says_who_must_build_it(bool built, int expected, string words)
    {
        var script = Path.Combine(_root.FullName, "gpusched");
        if (!built) Directory.Delete(Path.Combine(_root.FullName, "artifacts/app"), recursive: true);
        else MakeOlder(Path.Combine(_root.FullName, "artifacts/app/.built"));
        OpenToAll(_root);

        var (exitCode, output, error) = await RunAsStrangerAsync(script, "queue");

        Assert.Equal((expected, built ? "gpusched|/opt/dotnet|queue\n" : ""), (exitCode, output));
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Contains($"'{script} version', run by {Environment.UserName}, builds it", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static void MakeOlder(string file) => File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddDays(-1));

    /// <summary>Readable and runnable for all, writable for nobody but root, which tests may run as.</summary>
    private static void OpenToAll(DirectoryInfo folder)
    {
        const UnixFileMode all = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        foreach (var entry in folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(folder)) entry.UnixFileMode = all;
    }

    private static Task<(int ExitCode, string Out, string Error)> RunAsStrangerAsync(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", program, .. arguments])
            : RunAsync(program, arguments);

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
