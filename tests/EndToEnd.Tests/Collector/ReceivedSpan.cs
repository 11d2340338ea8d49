using Google.Protobuf;

namespace GpuScheduler.EndToEnd.Tests.Collector;

/// <summary>A span as a collector got it; ids in hexadecimal, as in a traceparent.</summary>
internal sealed record ReceivedSpan(string Service, string Name, string Trace, string Id, string Parent)
{
    public IReadOnlyDictionary<string, string> Attributes { get; private init; } = new Dictionary<string, string>();

    /// <summary>Of the program whose span it is.</summary>
    public string Version { get; private init; } = "";

    public static IEnumerable<ReceivedSpan> In(SentTraces sent) =>
        from source in sent.Sources from scope in source.Scopes from span in scope.Spans select Of(source.Source, span);

    private static ReceivedSpan Of(Source source, SentSpan span) => new(
        Values(source.Attributes).GetValueOrDefault("service.name", ""), span.Name, Hex(span.TraceId), Hex(span.SpanId),
        Hex(span.ParentSpanId))
    {
        Attributes = Values(span.Attributes),
        Version = Values(source.Attributes).GetValueOrDefault("service.version", ""),
    };

    private static Dictionary<string, string> Values(IEnumerable<Attribute> attributes) =>
        attributes.ToDictionary(one => one.Key, one => one.Value.ValueCase == AttributeValue.ValueOneofCase.Number
            ? $"{one.Value.Number}"
            : one.Value.Text);

    private static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);
}
