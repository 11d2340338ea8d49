using System.CommandLine;
using System.Diagnostics;
using GpuScheduler.Common;
using GpuScheduler.Common.Text;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation;

/// <summary>The only place that measures real time, and only to report how long the replay took.</summary>
internal static class Program
{
    private const string Name = "gpusched-simulator";
    private const int UsageError = 2;

    // This is the one place that names them.
#pragma warning disable RS0030
    private static readonly TimeProvider s_time = TimeProvider.System;
#pragma warning restore RS0030

    private static int Main(string[] arguments)
    {
        LastResort.Watch(Name);
        try
        {
            var isWhatIf = arguments is [WhatIfCommand.Name, ..];
            var command = isWhatIf ? WhatIfCommand.Create(Run, s_time, Bar()) : SimulatorCommand.Create(Run, Bar());
            if (HelpText.IsAskedFor(arguments))
                return Print(
                    isWhatIf
                        ? HelpText.Of(WhatIfCommand.Name, command, WhatIfCommand.Notes)
                        : HelpText.Of("simulate", command, SimulatorCommand.Notes));

            var parsed = command.Parse(isWhatIf ? arguments[1..] : arguments);
            return FaultsOf(parsed) is { Count: > 0 } faults
                ? Refuse(faults, UsageError)
                : parsed.Invoke(new() { EnableDefaultExceptionHandler = false });
        }
        catch (InputException error)
        {
            return Refuse([error.Message], error.ExitCode);
        }
        catch (Exception failure)
        {
            return LastResort.Report(Name, failure);
        }
    }

    /// <summary>With an unknown flag, everything else that is wrong may follow from it.</summary>
    private static IReadOnlyList<string> FaultsOf(ParseResult parsed) =>
        StrayWords.Of(parsed) is { Count: > 0 } stray ? stray : [.. parsed.Errors.Select(error => error.Message)];

    private static int Print(string text)
    {
        Console.Out.Write(text);
        return 0;
    }

    private static int Refuse(IEnumerable<string> faults, int exitCode)
    {
        foreach (var line in faults.SelectMany(fault => fault.Split('\n')))
            LastResort.Say($"{Name}: {line}");

        return exitCode;
    }

    private static IProgressBar Bar() => Console.IsErrorRedirected ? new NoProgress() : new ProgressLine(Console.Error);

    private static int Run(Func<ISimulationResult> replay, IReport report)
    {
        var watch = Stopwatch.StartNew();
        var result = replay();
        var text = report.Write(result, watch.Elapsed);
        Console.Out.WriteLine(report is JsonReport ? PlainText.Json(text) : PlainText.Lines(text));
        return result.ExitCode == 0 ? 0 : Refuse([result.Complaint], result.ExitCode);
    }
}
