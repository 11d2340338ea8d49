using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Gavel;

/// <summary>Steps per second of each kind of job alone on each kind of card: <c>job_type, scale_factor</c> and a column for each kind;
/// empty or
/// 0 where it can't run.</summary>
internal sealed class Throughputs
{
    private readonly Dictionary<(string Type, int Scale), IReadOnlyList<double>> pace = [];

    /// <param name="kinds">The columns that count, in this order.</param>
    public static Throughputs Read(CsvTable table, IReadOnlyList<string> kinds)
    {
        var throughputs = new Throughputs();
        foreach (var row in table.Rows)
        {
            double[] seconds =
            [
                .. kinds.Select(kind => row.OptionalDecimal(kind, 0, 1e9) is > 0 and var rate ? 1 / rate : double.PositiveInfinity),
            ];
            if (!throughputs.pace.TryAdd((row.Text("job_type"), row.Number("scale_factor", 1, 1024)), seconds))
                throw row.Fault("job_type", "one that no earlier row has for this scale_factor");
        }

        return throughputs;
    }

    /// <summary>s of one step on each kind; null where the pair isn't listed, or runs nowhere.</summary>
    public IReadOnlyList<double>? Of(string type, int scale) =>
        pace.TryGetValue((type, scale), out var found) && found.Any(double.IsFinite) ? found : null;
}
