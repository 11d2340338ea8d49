using System.Security.Cryptography;
using GpuScheduler.Common;
using GpuScheduler.Worker.CommandLine;

namespace GpuScheduler.Worker;

internal static class Program
{
    private const string Name = "gpusched-worker";
    private const int UsageError = 2;

    private static async Task<int> Main(string[] arguments)
    {
        LastResort.Watch(Name);
        try
        {
            StandardStreams.Fill();
#pragma warning disable RS0030 // The composition root is the one place that names the system's clock and chance.
            var (time, chance) = (TimeProvider.System, (Func<double>)Random.Shared.NextDouble);
#pragma warning restore RS0030
            var parsed = WorkerCommand.Create(options => WorkerHost.RunAsync(options, time, chance, NewId)).Parse(arguments);
            if (parsed.Errors.Count == 0)
                return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            foreach (var error in parsed.Errors)
                LastResort.Say($"{Name}: {error.Message}");
            return UsageError;
        }
        catch (StartupException error)
        {
            foreach (var line in error.Message.Split('\n'))
                LastResort.Say($"{Name}: {line}");
            return UsageError;
        }
        catch (Exception failure)
        {
            return LastResort.Report(Name, failure);
        }
    }

    private static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
