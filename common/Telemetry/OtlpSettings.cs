namespace GpuScheduler.Common.Telemetry;

/// <summary>What OpenTelemetry's own environment variables ask for: nothing is sent unless they name a place to send it to.</summary>
/// <param name="Metrics">Metrics are sent.</param>
/// <param name="Traces">Traces are sent.</param>
/// <param name="Faults">What can't be meant; then nothing is sent.</param>
internal sealed record OtlpSettings(bool Metrics, bool Traces, IReadOnlyList<OtlpFault> Faults)
{
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

    /// <summary>Reads the variables. What the exporter would pass over without a word is a fault here.</summary>
    public static OtlpSettings Read(Func<string, string?> variable)
    {
        if (string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)) return Off;
        if (!s_signals.Any(signal => IsPlaced(variable, signal))) return Off;
        OtlpFault[] faults = [.. Values(variable).Select(Check).OfType<OtlpFault>()];
        return faults.Length > 0 ? Off with { Faults = faults } : new(IsSent(variable, "METRICS"), IsSent(variable, "TRACES"), []);
    }

    private static bool IsPlaced(Func<string, string?> variable, string signal) =>
        !string.IsNullOrWhiteSpace(variable($"{Sender}_ENDPOINT")) || !string.IsNullOrWhiteSpace(variable($"{Sender}_{signal}_ENDPOINT"));

    private static bool IsSent(Func<string, string?> variable, string signal) =>
        IsPlaced(variable, signal) && variable($"OTEL_{signal}_EXPORTER") != "none";

    private static IEnumerable<(string Name, string Value)> Values(Func<string, string?> variable)
    {
        string[] ofSender = [Sender, .. s_signals.Select(signal => $"{Sender}_{signal}")];
        string[] names =
        [
            .. ofSender.Select(name => $"{name}_ENDPOINT"), .. ofSender.Select(name => $"{name}_PROTOCOL"),
            .. s_signals.Select(signal => $"OTEL_{signal}_EXPORTER"),
        ];
        foreach (var name in names)
        {
            if (variable(name) is { } value && !string.IsNullOrWhiteSpace(value)) yield return (name, value);
        }
    }

    private static OtlpFault? Check((string Name, string Value) given)
    {
        var (isAllowed, allowed) = given.Name switch
        {
            _ when given.Name.EndsWith("_ENDPOINT", StringComparison.Ordinal) =>
                (IsAddress(given.Value), "the address of a collector, such as http://127.0.0.1:4317"),
            _ when given.Name.EndsWith("_PROTOCOL", StringComparison.Ordinal) =>
                (given.Value is "grpc" or "http/protobuf", "grpc, http/protobuf"),
            _ => (given.Value is "otlp" or "none", "otlp, none"),
        };
        return isAllowed ? null : new(given.Name, given.Value, allowed);
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}

/// <summary>A variable that can't be meant as it is.</summary>
internal sealed record OtlpFault(string Variable, string Value, string Allowed);
