using System.CommandLine;
using System.Globalization;
using GpuScheduler.Core.Packing;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.CommandLine;

/// <summary>The simulator's command line: flags, defaults, help.</summary>
internal static class SimulatorCommand
{
    private static readonly Dictionary<string, IReport> Reports = new() { ["text"] = new TextReport(), ["json"] = new JsonReport() };

    public static RootCommand Create(Func<SimulatorOptions, int> run)
    {
        var format = Choice("--format", "What the files are", ["openb"], "openb");
        var nodes = File("--nodes", "Machines: sn, cpu_milli, memory_mib, gpu, model");
        var pods = File("--pods", "Work: name, cpu_milli, memory_mib, num_gpu, gpu_milli, and gpu_spec where cards are named");
        var order = File("--order", "Arrivals: step, and a column seedN of row numbers in the work file for each seed");
        var seed = Seed();
        var policy = Choice("--policy", "Who decides", PackingPolicies.Names, "default");
        var output = Choice("--output", "How to print the result", Reports.Keys, "text");
        var command = new RootCommand("Replays recorded workloads through the scheduler's own decisions") { format, nodes, pods, order, seed, policy, output };
        command.SetAction(parsed => run(new(
            parsed.GetRequiredValue(nodes),
            parsed.GetRequiredValue(pods),
            parsed.GetRequiredValue(order),
            parsed.GetValue(seed),
            parsed.GetRequiredValue(policy),
            Reports[parsed.GetRequiredValue(output)])));
        return command;
    }

    private static Option<int> Seed() => new("--seed")
    {
        Description = "Which column of the order; what the random policy draws from",
        HelpName = "N",
        DefaultValueFactory = _ => 42,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                result.AddError($"--seed is '{text}'; allowed: a whole number from 0 to {int.MaxValue}");

            return number;
        },
    };

    private static Option<string> File(string name, string description) =>
        new(name) { Description = description + " (.csv or .csv.gz)", HelpName = "FILE", Required = true };

    private static Option<string> Choice(string name, string description, IEnumerable<string> allowed, string usual)
    {
        var words = string.Join(", ", allowed);
        var option = new Option<string>(name) { Description = $"{description}: {words}", HelpName = "NAME", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !allowed.Contains(result.Tokens[0].Value))
                result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed: {words}");
        });
        return option;
    }
}
