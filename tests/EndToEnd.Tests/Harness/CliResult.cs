using System.Diagnostics;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>What one run of the command line gave.</summary>
public sealed record CliResult(int ExitCode, string Output, string Error)
{
    public static Task<CliResult> Run(string folder, string server, params string[] arguments) =>
        Run(folder, server, Apps.Command("gpusched", arguments));

    /// <summary>Runs a verb that takes its time.</summary>
    public static Task<CliResult> Run(string folder, TimeSpan patience, params string[] arguments) =>
        Run(folder, "", Apps.Command("gpusched", arguments), patience);

    /// <summary>Runs a shell's script, which finds the programs along its path.</summary>
    public static Task<CliResult> Shell(string folder, string server, string script)
    {
        var start = Apps.Command("gpusched");
        start.Environment["PATH"] = $"{Path.GetDirectoryName(start.FileName)}:{Environment.GetEnvironmentVariable("PATH")}";
        start.FileName = "/bin/sh";
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        return Run(folder, server, start);
    }

    internal static async Task<CliResult> Run(string folder, string server, ProcessStartInfo start, TimeSpan? patience = null)
    {
        start.WorkingDirectory = folder;
        if (server.Length > 0) start.Environment["GPUSCHED_SERVER"] = server;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("gpusched did not start");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(patience ?? Eventually.Patience);
        return new CliResult(process.ExitCode, await output, await error);
    }
}
