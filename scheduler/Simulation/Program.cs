using System.Diagnostics;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation;

/// <summary>The only place that measures real time, and only to report how long the replay took.</summary>
internal static class Program
{
    private const int UsageError = 2;

    private static int Main(string[] arguments)
    {
        try
        {
            var parsed = SimulatorCommand.Create(Run).Parse(arguments);
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

    private static int Run(SimulatorOptions options)
    {
        var watch = Stopwatch.StartNew();
        var result = Simulator.Run(options);
        Console.Out.WriteLine(options.Output.Write(result, watch.Elapsed));
        return 0;
    }
}
