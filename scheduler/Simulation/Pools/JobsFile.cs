using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Pools;

/// <summary>Work for a pool: <c>submit_s, duration_s</c>, and where the file has them <c>name, user, project, tier, gpus</c> or
/// <c>gpus_per_node</c> (in CSV
/// with <c>;</c> for a comma), <c>nodes, cpus, memory, priority, time, retries, checkpoint_every_s, restart_s, exit_code</c>, and a column
/// <c>speed_MODEL</c> for each card that is faster (above 1) or slower than what <c>duration_s</c> was measured on.</summary>
internal static class JobsFile
{
    private const double Longest = 3e9;
    private const string SpeedPrefix = "speed_";
    private const string PerNode = "gpus_per_node";

    private static readonly string[] Columns =
    [
        "submit_s", "duration_s", "name", "user", "project", "tier", "gpus", PerNode, "nodes", "cpus", "memory", "priority", "time",
        "retries", "checkpoint_every_s", "restart_s", "exit_code",
    ];

    /// <returns>In order of submission; equals in the file's order.</returns>
    public static IReadOnlyList<SimulatedJob> Read(CsvTable table)
    {
        table.Allow(Columns, IsSpeed, $", {SpeedPrefix}MODEL");
        var speeds = table.Columns.Where(IsSpeed).ToDictionary(
            column => column, column => Model(table, column));
        return [.. table.Rows.Select(row => Read(table, row, speeds)).OrderBy(job => job.Submit)];
    }

    private static bool IsSpeed(string column) => column.StartsWith(SpeedPrefix, StringComparison.Ordinal);

    private static string Model(CsvTable table, string column) => DeviceCatalog.BuiltIn.Resolve(column[SpeedPrefix.Length..])
        ?? throw new InputException(
            $"{table.File}:1: column '{column}' names no card of the catalog; allowed: speed_ and a model, such as speed_A100");

    private static SimulatedJob Read(CsvTable table, CsvRow row, Dictionary<string, string> speeds) => new(
        $"{table.File}:{row.Line}", row.Decimal("submit_s", 0, Longest), row.Decimal("duration_s", 0.001, Longest), Draft(row))
    {
        CheckpointEvery = row.OptionalDecimal("checkpoint_every_s", 0.001, Longest),
        Restart = row.OptionalDecimal("restart_s", 0, Longest) ?? 0,
        ExitCode = row.OptionalNumber("exit_code", 0, 255) ?? 0,
        Speeds = Speeds(row, speeds),
    };

    /// <summary>Jobs without speeds of their own, of which there may be millions, share one empty table.</summary>
    private static IReadOnlyDictionary<string, double> Speeds(CsvRow row, Dictionary<string, string> columns) =>
        columns.Keys.All(column => row.Text(column).Length == 0)
            ? SimulatedJob.SameEverywhere
            : columns.Where(column => row.Text(column.Key).Length > 0).ToDictionary(
                column => column.Value, column => row.Decimal(column.Key, 0.0001, 10_000));

    private static JobDraft Draft(CsvRow row) => new()
    {
        Name = row.OptionalText("name"),
        User = row.OptionalText("user") is { Length: > 0 } user ? user : "somebody",
        Project = row.OptionalText("project"),
        Tier = row.OptionalText("tier"),
        Gpus = Gpus(row),
        GpusPerNode = row.OptionalText(PerNode).Length > 0,
        Cpus = row.OptionalNumber("cpus", 0, Limits.Cpus) ?? 0,
        NodeCount = row.OptionalNumber("nodes", 0, Limits.Nodes) ?? 0,
        Memory = row.OptionalText("memory"),
        TimeLimit = row.OptionalText("time"),
        Priority = row.OptionalNumber("priority", -1_000_000, 1_000_000) ?? 0,
        Retries = row.OptionalNumber("retries", 0, Limits.Retries),
        Checkpoint = new(row.OptionalText("checkpoint_every_s").Length > 0, "", ""),
        Command = ["simulated"],
    };

    private static string Gpus(CsvRow row)
    {
        var (all, each) = (row.OptionalText("gpus"), row.OptionalText(PerNode));
        if (all.Length > 0 && each.Length > 0)
            throw row.Fault(PerNode, "nothing where 'gpus' says how many there are in all");

        return (all + each).Replace(';', ',') is var text and not "0" ? text : "";
    }
}
