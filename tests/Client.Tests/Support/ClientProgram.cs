using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>The real program in a shell, where what counts is the process: its pipes, and the variables that libraries read.</summary>
internal static class ClientProgram
{
    /// <param name="scheduler">Whom it calls.</param>
    /// <param name="line">The shell's; the program is $0.</param>
    /// <param name="variables">Each as NAME=VALUE.</param>
    public static async Task<CliResult> RunAsync(FakeScheduler scheduler, string line, params string[] variables)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", line, Golden.Metadata("ClientProgram")])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
        start.Environment["GPUSCHED_SERVER"] = scheduler.Address;
        foreach (var variable in variables) start.Environment[variable.Split('=', 2)[0]] = variable.Split('=', 2)[1];
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return new(process.ExitCode, await output, await error);
    }
}
