using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace GpuScheduler.Host.Observability;

/// <summary>Writes measurements in Prometheus' text format 0.0.4.</summary>
public static class PrometheusText
{
    /// <summary>The format's media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<InstrumentSum> sums)
    {
        var text = new StringBuilder();
        foreach (var sum in sums) Write(text, sum);
        return text.ToString();
    }

    private static void Write(StringBuilder text, InstrumentSum sum)
    {
        var (kind, name) = (KindOf(sum.Instrument), NameOf(sum.Instrument));
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {sum.Instrument.Description}\n# TYPE {name} {kind}\n");
        foreach (var series in sum.Series)
        {
            if (kind == "histogram") WriteHistogram(text, name, sum.Bounds, series);
            else WriteLine(text, name, series.Labels, Number(series.Value));
        }
    }

    /// <summary>Prometheus wants each bucket to hold all that is below its bound.</summary>
    private static void WriteHistogram(StringBuilder text, string name, IReadOnlyList<double> bounds, Series series)
    {
        var below = 0L;
        for (var i = 0; i < series.Buckets.Length; i++)
        {
            below += series.Buckets[i];
            var bound = i < bounds.Count ? Number(bounds[i]) : "+Inf";
            WriteLine(text, name + "_bucket", Join(series.Labels, $"le=\"{bound}\""), Number(below));
        }

        WriteLine(text, name + "_sum", series.Labels, Number(series.Value));
        WriteLine(text, name + "_count", series.Labels, Number(series.Count));
    }

    private static void WriteLine(StringBuilder text, string name, string labels, string value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value).Append('\n');

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Histogram<double> => "histogram",
        Counter<long> => "counter",
        _ => "gauge",
    };

    /// <summary>Base unit and <c>_total</c> at the end, as Prometheus' naming rules ask.</summary>
    private static string NameOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_');
        if (instrument.Unit == "s") name += "_seconds";
        if (instrument.Unit == "By") name += "_bytes";
        return KindOf(instrument) == "counter" ? name + "_total" : name;
    }

    private static string Join(string labels, string more) => labels.Length == 0 ? more : $"{labels},{more}";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
