using System.Diagnostics;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation;

/// <summary>The only place that measures real time, and only to report how long the replay took.</summary>
internal static class Program
{
    private const int UsageError = 2;

    private static int Main(string[] arguments)
    {
        try
        {
            var parsed = SimulatorCommand.Create(Run, Bar()).Parse(arguments);
            if (parsed.Errors.Count == 0)
                return parsed.Invoke(new() { EnableDefaultExceptionHandler = false });

            foreach (var error in parsed.Errors)
                Console.Error.WriteLine($"gpusched-simulator: {error.Message}");
        }
        catch (InputException error)
        {
            Console.Error.WriteLine($"gpusched-simulator: {error.Message}");
        }

        return UsageError;
    }

    private static IProgressBar Bar() => Console.IsErrorRedirected ? new NoProgress() : new ProgressLine(Console.Error);

    private static int Run(Func<ISimulationResult> replay, IReport report)
    {
        var watch = Stopwatch.StartNew();
        var result = replay();
        Console.Out.WriteLine(report.Write(result, watch.Elapsed));
        return 0;
    }
}
