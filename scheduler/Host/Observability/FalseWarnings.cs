using Serilog.Events;

namespace GpuScheduler.Host.Observability;

/// <summary>Warnings of Orleans that are true of no scheduler: an admin who reads them each night stops reading the others.</summary>
internal sealed class FalseWarnings(TimeProvider clock)
{
    // The collector for servers takes a heap for each core, which jobs need (the project file says more).
    private static readonly string[] s_advice = ["Note: Silo not running with ServerGC", "Note: ServerGC only kicks in"];

    private const string StalledCheck = "Participant check thread has not completed for {TimeSinceLastTick}";

    private readonly long _start = clock.GetTimestamp();

    public bool Has(LogEvent entry) => s_advice.Any(text => Begins(entry, text)) || IsOlderThanThis(entry);

    /// <summary>
    /// The silo's watchdog may look before its first check has set the time of the last one, and then takes the time since the machine
    /// was started for it. Nothing in this process can have stood still for longer than it has lived.
    /// </summary>
    private bool IsOlderThanThis(LogEvent entry) =>
        Begins(entry, StalledCheck)
        && entry.Properties.TryGetValue("TimeSinceLastTick", out var value)
        && value is ScalarValue { Value: TimeSpan stalled }
        && stalled > clock.GetElapsedTime(_start);

    private static bool Begins(LogEvent entry, string text) => entry.MessageTemplate.Text.StartsWith(text, StringComparison.Ordinal);
}
