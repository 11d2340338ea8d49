using System.CommandLine;
using System.Globalization;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.CommandLine;

/// <summary>Every flag of the simulator; a format names those it understands.</summary>
internal sealed class Flags
{
    private static readonly Dictionary<string, IReport> s_reports = new() { ["text"] = new TextReport(), ["json"] = new JsonReport() };

    public Option<string> Pool { get; } = new("--pool")
    {
        Description = "pool, the rules: a pool.yaml; without it the shipped ones", HelpName = "FILE",
    };

    public SourceFlags Source { get; } = new("all");

    public Option<string> Report { get; } = new("--report")
    {
        Description = "pool: also write a page with charts, for a browser", HelpName = "FILE",
    };

    public Option<string> By { get; } = Choice("--by", "pool: what the result tells jobs apart by", JobGroup.Ways, JobGroup.ByTier);

    public Option<string> Faults { get; } = File("--faults", "pool, what breaks: node, device, start_s, end_s");

    public Option<DateTimeOffset?> StartAt { get; } = StartFlag.Create();

    public Option<string> Nodes { get; } = new("--nodes")
    {
        Description = "Machines. pool: inventories as workers read them, one YAML document each. openb: sn, cpu_milli, memory_mib, gpu, "
            + "model (.csv or .csv.gz)",
        HelpName = "FILE",
    };

    public Option<string> Pods { get; } = File(
        "--pods", "openb, work: name, cpu_milli, memory_mib, num_gpu, gpu_milli, and gpu_spec where cards are named");

    public Option<string> Order { get; } = File(
        "--order", "openb, arrivals: step, and a column seedN of row numbers in the work file for each seed");

    public Option<int> Seed { get; } = Whole("--seed", "Which column of the order; what the random policy draws from", least: 0, usual: 42);

    public Option<string> Jobs { get; } = File(
        "--jobs", "Work, with the columns of the format; pool: submit_s, duration_s, tier, gpus …, also as .jsonl");

    public Option<string> Cluster { get; } = new("--cluster")
    {
        Description = "muri: a file with the shape of the cluster. gavel: kinds and counts, such as v100=36,p100=36,k80=36",
        HelpName = "FILE",
    };

    public Option<string> Throughputs { get; } = File(
        "--throughputs",
        "gavel and shockwave, steps/s alone: job_type, scale_factor, and a column for each kind of card; shockwave: or the published JSON");

    public Option<int> Gpus { get; } = Whole("--gpus", "shockwave: how many cards there are, all alike", least: 1);

    public Option<double> Rate { get; } = Decimal("--rate", "gavel: arrivals per hour");

    public Option<string> Window { get; } = new("--window")
    {
        Description = "gavel, whose completion times count: 4000-5000; work goes on arriving after them. Without it all, and nothing "
            + "follows",
        HelpName = "ROWS",
    };

    public Option<string> Durations { get; } = Choice(
        "--durations", "gavel and shockwave, whether policies know how much work is left", ["known", "unknown"], "known");

    public Option<string> Overheads { get; } = File("--overheads", "muri, what a restart costs: num_gpu, model, overhead_s");

    public Option<bool> AllAtZero { get; } = new("--all-at-zero") { Description = "muri: submit everything at once" };

    public Option<string> RestartRule { get; } = Choice(
        "--restart-rule", "muri, when a restart is charged", ["every-event", "restarts"], "every-event");

    public Option<bool> Sharing { get; } = new("--sharing") { Description = "muri, policy default: jobs may take turns on the same cards" };

    public Option<string> Policy { get; } = new("--policy")
    {
        Description = "Who decides", HelpName = "NAME", DefaultValueFactory = _ => "default",
    };

    public Option<string> Output { get; } = Choice("--output", "How to print the result", s_reports.Keys, "text");

    public IEnumerable<Option> All =>
        [.. Source.All, Report, By, Pool, Nodes, Faults, StartAt, Pods, Order, Seed, Jobs, Cluster, Overheads, AllAtZero, RestartRule,
            Sharing, Throughputs, Gpus, Rate, Window, Durations, Policy, Output];

    public static IReport ReportOf(string name) => s_reports[name];

    public static Option<string> Choice(string name, string description, IEnumerable<string> allowed, string usual)
    {
        var words = string.Join(", ", allowed);
        var option = new Option<string>(name)
        {
            Description = $"{description}: {words}", HelpName = "NAME", DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !allowed.Contains(result.Tokens[0].Value))
                result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed: {words}");
        });
        return option;
    }

    private static Option<int> Whole(string name, string description, int least, int usual = 0) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least)
                result.AddError($"{name} is '{text}'; allowed: a whole number from {least} to {int.MaxValue}");

            return number;
        },
    };

    public static Option<double> Decimal(string name, string description, double usual = 0) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number is not (> 0 and < 1e9))
                result.AddError($"{name} is '{text}'; allowed: a number above 0");

            return number;
        },
    };

    private static Option<string> File(string name, string description) =>
        new(name) { Description = description + " (.csv or .csv.gz)", HelpName = "FILE" };
}
