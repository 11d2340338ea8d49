using System.Globalization;

namespace GpuScheduler.Common.Telemetry;

/// <summary>
/// What OpenTelemetry's variables may be. Its library throws at some values, from within the start, and passes others over without a word:
/// both are faults here, told by the variable's name.
/// </summary>
internal static class OtlpChecks
{
    private const string Sender = "OTEL_EXPORTER_OTLP";
    private const string QueueSize = "OTEL_BSP_MAX_QUEUE_SIZE";
    private const string BatchSize = "OTEL_BSP_MAX_EXPORT_BATCH_SIZE";
    private const string Certificate = $"{Sender}_CLIENT_CERTIFICATE";
    private const string Key = $"{Sender}_CLIENT_KEY";
    private const string Retry = "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY";
    private const string RetryFolder = "OTEL_DOTNET_EXPERIMENTAL_OTLP_DISK_RETRY_DIRECTORY_PATH";

    /// <summary>What the library takes where the variables say nothing.</summary>
    private const int UsualQueue = 2048;
    private const int UsualBatch = 512;

    /// <summary>A queue's room is taken at the start.</summary>
    private const int LongestQueue = 1_000_000;

    private static readonly string[] s_senders = [Sender, $"{Sender}_METRICS", $"{Sender}_TRACES"];

    private static readonly (string Name, OtlpRule Rule)[] s_rules =
    [
        .. OfSenders("ENDPOINT", OtlpRule.Address), .. OfSenders("PROTOCOL", OtlpRule.OneOf("grpc", "http/protobuf")),
        .. OfSenders("HEADERS", OtlpRule.Headers), .. OfSenders("TIMEOUT", OtlpRule.Milliseconds),
        .. OfSenders("COMPRESSION", OtlpRule.OneOfInAnyCase("gzip", "none")),
        ($"{Sender}_CERTIFICATE", OtlpRule.Certificates), (Certificate, OtlpRule.Certificates), (Key, OtlpRule.File),
        ("OTEL_METRICS_EXPORTER", OtlpRule.OneOf("otlp", "none")), ("OTEL_TRACES_EXPORTER", OtlpRule.OneOf("otlp", "none")),
        ("OTEL_METRIC_EXPORT_INTERVAL", OtlpRule.Milliseconds), ("OTEL_METRIC_EXPORT_TIMEOUT", OtlpRule.Milliseconds),
        ("OTEL_BSP_SCHEDULE_DELAY", OtlpRule.Milliseconds), ("OTEL_BSP_EXPORT_TIMEOUT", OtlpRule.Milliseconds),
        (QueueSize, OtlpRule.Number(1, LongestQueue)), (BatchSize, OtlpRule.Number(1, LongestQueue)),
        ($"{Sender}_METRICS_TEMPORALITY_PREFERENCE", OtlpRule.OneOfInAnyCase("cumulative", "delta", "lowmemory")),
        ($"{Sender}_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
            OtlpRule.OneOfInAnyCase("explicit_bucket_histogram", "base2_exponential_bucket_histogram")),
        (Retry, OtlpRule.OneOfInAnyCase("in_memory", "disk")),
        ("OTEL_METRICS_EXEMPLAR_FILTER", OtlpRule.OneOfInAnyCase("always_off", "always_on", "trace_based")),
        ("OTEL_TRACES_SAMPLER", OtlpRule.OneOfInAnyCase(
            "always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio")),
        ("OTEL_TRACES_SAMPLER_ARG", OtlpRule.Share), ("OTEL_RESOURCE_ATTRIBUTES", OtlpRule.Attributes),
        .. Limits("ATTRIBUTE_VALUE_LENGTH", "ATTRIBUTE_COUNT", "SPAN_ATTRIBUTE_VALUE_LENGTH", "SPAN_ATTRIBUTE_COUNT", "SPAN_EVENT_COUNT",
            "SPAN_LINK_COUNT", "EVENT_ATTRIBUTE_COUNT", "LINK_ATTRIBUTE_COUNT"),
    ];

    /// <summary>Everything that can't be meant; empty: nothing.</summary>
    public static IReadOnlyList<OtlpFault> Faults(Func<string, string?> variable)
    {
        List<OtlpFault> faults = [.. s_rules.Select(one => one.Rule.Check(one.Name, variable(one.Name))).OfType<OtlpFault>()];
        if (faults.Count == 0) faults.AddRange(new[] { Batches(variable), RetryOnDisk(variable), Pair(variable) }.OfType<OtlpFault>());
        return faults;
    }

    private static OtlpFault? RetryOnDisk(Func<string, string?> variable) =>
        variable(Retry) is { } retry && IsDisk(retry) && string.IsNullOrWhiteSpace(variable(RetryFolder))
            ? new(Retry, retry, $"in_memory, or disk with a folder in {RetryFolder}")
            : null;

    /// <summary>A certificate without its key proves nothing, and the library throws at it.</summary>
    private static OtlpFault? Pair(Func<string, string?> variable)
    {
        var (certificate, key) = (variable(Certificate), variable(Key));
        if (string.IsNullOrWhiteSpace(certificate))
            return string.IsNullOrWhiteSpace(key) ? null : new(Certificate, "", $"a file with the certificate of {Key}, as PEM");
        return OtlpRule.IsKeyOf(certificate, string.IsNullOrWhiteSpace(key) ? null : key)
            ? null
            : new(Key, key ?? "", $"a file with the private key of {Certificate}, as PEM and not encrypted");
    }

    private static bool IsDisk(string retry) => string.Equals(retry, "disk", StringComparison.OrdinalIgnoreCase);

    /// <summary>A batch is taken from the queue, so it can't be larger.</summary>
    private static OtlpFault? Batches(Func<string, string?> variable)
    {
        var (queue, batch) = (Number(variable(QueueSize)), Number(variable(BatchSize)));
        if ((batch ?? UsualBatch) <= (queue ?? UsualQueue)) return null;
        return batch is null
            ? new(QueueSize, $"{queue}", $"{UsualBatch} or more, or less with {BatchSize} as low")
            : new(BatchSize, $"{batch}", $"at most {QueueSize}, which is {queue ?? UsualQueue}");
    }

    private static int? Number(string? text) => string.IsNullOrWhiteSpace(text) ? null : int.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<(string, OtlpRule)> OfSenders(string what, OtlpRule rule) =>
        s_senders.Select(sender => ($"{sender}_{what}", rule));

    private static IEnumerable<(string, OtlpRule)> Limits(params string[] names) =>
        names.Select(name => ($"OTEL_{name}_LIMIT", OtlpRule.Number(0, int.MaxValue)));
}
