using System.Security.Cryptography;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common;

namespace GpuScheduler.Client;

/// <summary>The composition root: the only place that names the process's own console, clock and chance.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        LastResort.Watch("gpusched");
        try
        {
            StandardStreams.Fill();
            using var stop = new StopSignals();
            return await RunAsync(args, new ProcessConsole(), stop.Token);
        }
        catch (Exception failure)
        {
            return LastResort.Report("gpusched", failure);
        }
    }

    /// <summary>Runs one command line on any console: the seam that tests use.</summary>
    internal static Task<int> RunAsync(string[] args, IConsoleStreams console, CancellationToken cancellationToken) =>
        App.RunAsync(args, FromProcess(args, console, ClientContext.ReadProcessEnvironment()), cancellationToken);

    private static ClientContext FromProcess(
        IReadOnlyList<string> args, IConsoleStreams console, IReadOnlyDictionary<string, string> variables) => new()
        {
            Console = console,
            Environment = variables,
            FindWorkingDirectory = static () => ProcessTexts.WorkingDirectory(Environment.CurrentDirectory),
            FindUserName = () => ProcessTexts.UserName(Environment.UserName, variables),
            Program = ProcessTexts.Program(),
            RawArguments = ProcessTexts.Arguments(args),
            RawEnvironment = ProcessTexts.Environment(variables),
            ReadShell = ProcessTexts.Shell,
#pragma warning disable RS0030 // This is the one place.
            Time = TimeProvider.System,
            Chance = Random.Shared.NextDouble,
#pragma warning restore RS0030
            NewKey = static () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        };
}
