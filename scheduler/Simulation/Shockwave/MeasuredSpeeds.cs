using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Shockwave;

/// <summary>Steps per second of each kind of job alone, at the batch size it begins with, on the card that run times were measured on.
/// As JSON: <c>{"v100": {"('LM (batch size 5)', 1)": {"null": 12.3}}}</c>, the number after the job's type being its cards; or as CSV:
/// <c>job_type, scale_factor, v100</c>.</summary>
internal static partial class MeasuredSpeeds
{
    private const string Card = "v100";
    private const string Alone = "null";
    private const double Most = 1e9;

    /// <returns>s of one step by type and number of cards; without those that can't run.</returns>
    /// <exception cref="InputException">It can't be read.</exception>
    public static IReadOnlyDictionary<(string Type, int Cards), double> Read(string file) =>
        file.Replace(".gz", "", StringComparison.OrdinalIgnoreCase).EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? ReadJson(file)
            : ReadCsv(CsvTable.Open(file));

    private static Dictionary<(string, int), double> ReadCsv(CsvTable table)
    {
        var speeds = new Dictionary<(string, int), double>();
        foreach (var row in table.Rows.Where(row => row.OptionalDecimal(Card, 0, Most) > 0))
        {
            if (!speeds.TryAdd((row.Text("job_type"), row.Number("scale_factor", 1, 1024)), 1 / row.Decimal(Card, 0, Most)))
                throw row.Fault("job_type", "one that no earlier row has for this scale_factor");
        }

        return speeds;
    }

    private static Dictionary<(string, int), double> ReadJson(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using Stream content = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(stream, CompressionMode.Decompress)
                : stream;
            using var json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(Card, out var jobs)
                && jobs.ValueKind == JsonValueKind.Object
                ? jobs.EnumerateObject().Select(job => Speed(file, job)).Where(speed => speed.PerSecond > 0)
                .ToDictionary(speed => speed.Job, speed => 1 / speed.PerSecond)
                : throw new InputException($"{file}: has no object '{Card}'; allowed: speeds by job below the name of the card");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or JsonException
            or ArgumentException)
        {
            throw new InputException($"{file}: can't be read: {failure.Message}");
        }
    }

    private static ((string Type, int Cards) Job, double PerSecond) Speed(string file, JsonProperty job)
    {
        if (Name().Match(job.Name) is not { Success: true } name
            || !int.TryParse(name.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var cards))
            throw new InputException(
                $"{file}: {Card}, '{job.Name}': is no job; allowed: a type and a number of cards, such as ('LM (batch size 5)', 1)");

        return job.Value.ValueKind == JsonValueKind.Object && job.Value.TryGetProperty(Alone, out var speed)
            && speed.ValueKind == JsonValueKind.Number && speed.GetDouble() is >= 0 and <= Most and var perSecond
            ? ((name.Groups[1].Value, cards), perSecond)
            : throw new InputException(
                $"{file}: {Card}, '{job.Name}': '{Alone}' is '{Text(job.Value)}'; allowed: steps per second, a number from 0 to {Most}");
    }

    private static string Text(JsonElement job) =>
        job.ValueKind == JsonValueKind.Object && job.TryGetProperty(Alone, out var speed) ? speed.GetRawText() : "";

    [GeneratedRegex(@"^\('(.+)', (\d{1,4})\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
