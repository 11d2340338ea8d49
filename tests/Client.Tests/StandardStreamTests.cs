using System.Diagnostics;
using System.Runtime.InteropServices;
using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>The program itself, started from a directory that is gone or with streams that are closed or full.</summary>
public sealed class StandardStreamTests
{
    [Theory]
    [InlineData("exec \"$0\" version", 0)]
    [InlineData("exec \"$0\" version >&- 2>&- <&-", 0)]
    [InlineData("exec \"$0\" version > /dev/full", 1)]
    [InlineData("exec \"$0\" nosuch 2>&-", 2)]
    [InlineData("exec \"$0\" nosuch 2> /dev/full", 2)]
    [InlineData("exec \"$0\" submit -- true", 2)]
    [InlineData("exec env -i DOTNET_ROOT=\"$DOTNET_ROOT\" \"$0\" version", 0)]
    [InlineData("TERM=none LC_ALL=xx_YY HOME=/nowhere exec \"$0\" version", 0)]
    public async Task It_ends_with_its_exit_code_and_never_with_a_stack_trace(string command, int exitCode)
    {
        var script = $"cd \"$(mktemp -d)\" && rmdir \"$PWD\" && {command}";
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, Golden.Metadata("ClientProgram")])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
        start.Environment["GPUSCHED_SERVER"] = "http://127.0.0.1:9";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        Assert.Equal(exitCode, process.ExitCode);
        Assert.DoesNotContain("   at ", await error + await output, StringComparison.Ordinal);
    }
}
