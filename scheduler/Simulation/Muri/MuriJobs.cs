using GpuScheduler.Core.Policies;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Muri;

/// <summary>Work: <c>num_gpu, submit_time</c> (ms), <c>iterations, model_name, iteration_time</c> (ms), and
/// <c>resource_time_0</c> to <c>_2</c> (ms of an iteration that storage, processor and card are busy).</summary>
internal static class MuriJobs
{
    private const int MostCards = 1024;
    private const double MostMilliseconds = 1e15;

    /// <summary>What the published runs charge an iteration for being scheduled at all.</summary>
    private const double AloneSlowdown = 1.015;

    /// <summary>What the published runs charge 2, 3 and 4 jobs that take turns on the same cards, beyond their stages.</summary>
    public static IReadOnlyList<double> SharedSlowdown { get; } = [1.33 / AloneSlowdown, 1.5 / AloneSlowdown, 1.37 / AloneSlowdown];

    private static readonly string[] s_stages = ["resource_time_0", "resource_time_1", "resource_time_2"];

    /// <param name="allAtZero">Everything is submitted at once instead of when the file says.</param>
    /// <param name="cards">How many the cluster has; no job may ask for more.</param>
    /// <returns>In order of arrival; equals in the file's order.</returns>
    public static IReadOnlyList<MuriJob> Read(CsvTable table, RestartTable restarts, int cards, bool allAtZero) =>
        [.. table.Rows.Select((row, index) => Read(row, index, restarts, cards, allAtZero)).OrderBy(job => job.Facts.Arrival)];

    private static MuriJob Read(CsvRow row, int id, RestartTable restarts, int cards, bool allAtZero)
    {
        var devices = row.Number("num_gpu", 1, MostCards);
        if (devices > cards)
            throw row.Fault("num_gpu", $"at most {cards}, the cards of the cluster");

        var submitted = row.Decimal("submit_time", 0, MostMilliseconds);
        var iteration = row.Decimal("iteration_time", 0.001, MostMilliseconds) * AloneSlowdown / 1000;
        var facts = new Contender(id, devices, allAtZero ? 0 : submitted / 1000, [iteration])
        {
            Stages = [.. s_stages.Select(stage => row.Decimal(stage, 0, MostMilliseconds) / 1000)],
            Remaining = row.Decimal("iterations", 1, MostMilliseconds),
        };
        return new(facts, restarts.For(devices, row.Text("model_name")));
    }
}
