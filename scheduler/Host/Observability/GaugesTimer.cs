namespace GpuScheduler.Host.Observability;

/// <summary>A collector is sent what the gauges saw last. Without Prometheus nothing else makes them look.</summary>
internal sealed class GaugesTimer(PoolGauges gauges, TimeProvider clock) : BackgroundService
{
    /// <summary>As often as Prometheus usually asks.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do await gauges.Refresh();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
