using System.CommandLine;
using System.CommandLine.Parsing;
using GpuScheduler.Simulation.Gavel;
using GpuScheduler.Simulation.Muri;
using GpuScheduler.Simulation.Openb;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.Shockwave;

namespace GpuScheduler.Simulation.CommandLine;

/// <summary>The simulator's command line: a format, and the flags that go with it.</summary>
internal static class SimulatorCommand
{
    public const string Notes = """
          gpusched simulate --nodes nodes.yaml --jobs jobs.csv --report page.html
          gpusched simulate --from-store ~/.local/share/gpusched

        Exit codes: 0 all jobs ended; 1 some never end: the result names them and says
        why; 2 a wrong flag or file; 4 what is named is not there.
        """;

    /// <param name="run">Runs a format's replay and prints what it finds; returns the exit code.</param>
    /// <param name="bar">Shows how far a long replay is.</param>
    public static RootCommand Create(Func<Func<ISimulationResult>, IReport, int> run, IProgressBar bar)
    {
        var flags = new Flags();
        IFormat[] formats =
        [
            new PoolFormat(flags, bar), new OpenbFormat(flags), new MuriFormat(flags), new GavelFormat(flags, bar),
            new ShockwaveFormat(flags, bar),
        ];
        var format = Flags.Choice("--format", "What the files are", formats.Select(known => known.Name), formats[0].Name);
        var command = new RootCommand("Replays recorded workloads through the scheduler's own decisions") { format };
        command.TreatUnmatchedTokensAsErrors = false;
        foreach (var flag in flags.All)
            command.Options.Add(flag);

        IFormat? Chosen(string? name) => Array.Find(formats, known => known.Name == (name ?? formats[0].Name));
        command.Validators.Add(result =>
        {
            if (Chosen(result.GetValue(format)) is { } chosen)
                Check(result, chosen, flags);
        });
        command.SetAction(
            parsed => run(() => Chosen(parsed.GetValue(format))!.Run(parsed), Flags.ReportOf(parsed.GetRequiredValue(flags.Output))));
        return command;
    }

    private static void Check(CommandResult result, IFormat format, Flags flags)
    {
        foreach (var missing in format.Needs.Where(flag => !Given(result, flag)))
            result.AddError($"--format {format.Name} needs {missing.Name} {missing.HelpName}");

        foreach (var fault in format.Check(flag => Given(result, flag)))
            result.AddError(fault);

        Option[] understood = [.. format.Needs, .. format.Takes, flags.Output];
        foreach (var stray in flags.All.Except(understood).Where(flag => Given(result, flag)))
            result.AddError(
                $"{stray.Name} is not a flag of --format {format.Name}; it has: {string.Join(", ", understood.Select(flag => flag.Name))}");

        if (understood.Contains(flags.Policy) && result.GetValue(flags.Policy) is { } policy && !format.Policies.Contains(policy))
            result.AddError($"--policy is '{policy}'; allowed: {string.Join(", ", format.Policies)}");
    }

    private static bool Given(CommandResult result, Option flag) => result.GetResult(flag) is { Implicit: false };
}
