using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Shockwave;

/// <summary>Work: <c>job_type, scale_factor, total_steps, adapted_duration_s, arrival_s</c>. Batch sizes change while a job runs, so it
/// takes <c>adapted_duration_s</c>, and not what its first speed suggests.</summary>
internal static class ShockwaveJobs
{
    private const double MostSteps = 1e15;
    private const double Longest = 3e9;

    /// <param name="speeds">s of one step at the first batch size.</param>
    /// <param name="cards">How many there are.</param>
    /// <param name="known">True: policies know how long a job really takes. False: they go by its first speed.</param>
    /// <returns>In order of arrival; equals in the file's order.</returns>
    public static IReadOnlyList<ShockwaveJob> Read(CsvTable table, IReadOnlyDictionary<(string Type, int Cards), double> speeds, int cards,
        bool known) =>
        [.. table.Rows.Select((row, id) => Read(row, id, speeds, cards, known)).OrderBy(job => job.Facts.Arrival)];

    private static ShockwaveJob Read(CsvRow row, int id, IReadOnlyDictionary<(string, int), double> speeds, int cards, bool known)
    {
        var devices = row.Number("scale_factor", 1, cards);
        if (!speeds.TryGetValue((row.Text("job_type"), devices), out var first))
            throw row.Fault("job_type", $"one with a speed on {devices} cards in the throughput file");

        var steps = row.Decimal("total_steps", 1, MostSteps);
        // A step that outlasts a round would never be done.
        var duration = row.Decimal("adapted_duration_s", 0.001, Math.Min(Longest, steps * ShockwaveReplay.Round));
        var arrival = row.Decimal("arrival_s", 0, Longest);
        return new(new(id, devices, arrival, [known ? duration / steps : first]) { Remaining = steps }, duration / steps, duration);
    }
}
