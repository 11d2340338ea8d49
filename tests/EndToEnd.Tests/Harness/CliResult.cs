using System.Diagnostics;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>What one run of the command line gave.</summary>
public sealed record CliResult(int ExitCode, string Output, string Error)
{
    public static async Task<CliResult> Run(string folder, string server, params string[] arguments)
    {
        var start = Apps.Command("gpusched", arguments);
        start.WorkingDirectory = folder;
        start.Environment["GPUSCHED_SERVER"] = server;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("gpusched did not start");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return new CliResult(process.ExitCode, await output, await error);
    }
}
