namespace GpuScheduler.Common.Telemetry;

/// <summary>What OpenTelemetry's own environment variables ask for: nothing is sent unless they name a place to send it to.</summary>
/// <param name="Metrics">Metrics are sent.</param>
/// <param name="Traces">Traces are sent.</param>
/// <param name="Faults">What can't be meant; then nothing is sent.</param>
internal sealed record OtlpSettings(bool Metrics, bool Traces, IReadOnlyList<OtlpFault> Faults)
{
    /// <summary>A collector that is away must not keep a program from ending.</summary>
    public const int LastPatienceMilliseconds = 1_000;

    private const string Sender = "OTEL_EXPORTER_OTLP";

    private static readonly string[] s_signals = ["METRICS", "TRACES"];

    /// <summary>Nothing is sent.</summary>
    public static OtlpSettings Off { get; } = new(false, false, []);

    /// <summary>What is sent; empty: nothing.</summary>
    public string Words => (Metrics, Traces) switch
    {
        (true, true) => "metrics and traces",
        (true, false) => "metrics",
        (false, true) => "traces",
        (false, false) => "",
    };

    /// <summary>Reads the variables. Unless one names a place to send to, the others are never looked at.</summary>
    public static OtlpSettings Read(Func<string, string?> variable)
    {
        if (string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)) return Off;
        if (!s_signals.Any(signal => IsPlaced(variable, signal))) return Off;
        var faults = OtlpChecks.Faults(variable);
        return faults.Count > 0 ? Off with { Faults = faults } : new(IsSent(variable, "METRICS"), IsSent(variable, "TRACES"), []);
    }

    private static bool IsPlaced(Func<string, string?> variable, string signal) =>
        !string.IsNullOrWhiteSpace(variable($"{Sender}_ENDPOINT")) || !string.IsNullOrWhiteSpace(variable($"{Sender}_{signal}_ENDPOINT"));

    private static bool IsSent(Func<string, string?> variable, string signal) =>
        IsPlaced(variable, signal) && variable($"OTEL_{signal}_EXPORTER") != "none";
}
