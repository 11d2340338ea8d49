using GpuScheduler.Core.Packing;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Openb;

/// <summary>Work: <c>cpu_milli, memory_mib, num_gpu, gpu_milli</c> and, where cards are named, <c>gpu_spec</c> as <c>A|B</c>.</summary>
internal static class PodList
{
    private const int MostCards = 1024;

    /// <returns>By row, so that an order can name them by number.</returns>
    public static IReadOnlyList<PackingRequest> Read(CsvTable table) => [.. table.Rows.Select(ReadRequest)];

    private static PackingRequest ReadRequest(CsvRow row)
    {
        var gpus = row.Number("num_gpu", 0, MostCards);
        var models = row.OptionalText("gpu_spec").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(
            row.Number("cpu_milli", 0, int.MaxValue),
            row.Number("memory_mib", 0, long.MaxValue),
            gpus,
            ReadMilli(row, gpus),
            ModelSet.Of(models));
    }

    private static int ReadMilli(CsvRow row, int gpus) => gpus switch
    {
        0 => row.Text("gpu_milli") is "" or "0" ? 0 : throw row.Fault("gpu_milli", "0 or nothing, since num_gpu is 0"),
        1 => row.Number("gpu_milli", 1, PackingRequest.WholeGpu),
        _ => row.Number("gpu_milli", 1, PackingRequest.WholeGpu) == PackingRequest.WholeGpu
            ? PackingRequest.WholeGpu
            : throw row.Fault("gpu_milli", "1000, since several cards can't be shared"),
    };
}
