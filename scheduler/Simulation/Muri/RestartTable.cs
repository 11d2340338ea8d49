using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Muri;

/// <summary>What a restart costs: <c>num_gpu, model, overhead_s</c>; a pair that isn't listed costs 10 s.</summary>
internal sealed class RestartTable
{
    private const double Unlisted = 10;

    private readonly Dictionary<(int Devices, string Model), double> seconds = [];

    public static RestartTable Read(CsvTable table)
    {
        var restarts = new RestartTable();
        foreach (var row in table.Rows)
        {
            if (!restarts.seconds.TryAdd((row.Number("num_gpu", 1, 1024), row.Text("model")), row.Decimal("overhead_s", 0, 86_400)))
                throw row.Fault("model", "one that no earlier row has for this num_gpu");
        }

        return restarts;
    }

    public double For(int devices, string model) => seconds.GetValueOrDefault((devices, model), Unlisted);
}
