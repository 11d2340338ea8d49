using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace GpuScheduler.Host.Observability;

/// <summary>Listens to the scheduler's own instruments and adds up what they measure, for <see cref="PrometheusText"/>.</summary>
public sealed class MetricsReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, InstrumentSum> _sums = new();

    public MetricsReader()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!instrument.Meter.Name.StartsWith("GpuScheduler.", StringComparison.Ordinal)) return;
            // Shown from the start: an alert on a counter that is missing until the first failure would miss that failure.
            Of(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Asks the gauges and returns everything, sorted by name.</summary>
    public IReadOnlyList<InstrumentSum> Read()
    {
        foreach (var sum in _sums.Values) sum.ForgetGauge();
        _listener.RecordObservableInstruments();
        return [.. _sums.Values.OrderBy(sum => sum.Instrument.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Of(instrument).Add(value, tags);

    private InstrumentSum Of(Instrument instrument) => _sums.GetOrAdd(instrument, static one => new InstrumentSum(one));
}
