using System.Text.Json;

namespace GpuScheduler.Simulation.Input;

/// <summary>One JSON object a line; its fields are the columns, and a field that an object leaves out is empty.</summary>
internal static class JsonLines
{
    public static CsvTable Read(string file, TextReader reader)
    {
        var objects = new List<(int Line, Dictionary<string, string> Fields)>();
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Trim().Length > 0)
                objects.Add((line, Parse(file, line, text)));
        }

        string[] columns = [.. objects.SelectMany(one => one.Fields.Keys).Distinct()];
        return CsvTable.Of(
            file, columns,
            [.. objects.Select(one => (one.Line, columns.Select(column => one.Fields.GetValueOrDefault(column, "")).ToArray()))]);
    }

    private static Dictionary<string, string> Parse(string file, int line, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new InputException($"{file}:{line}: is {json.RootElement.ValueKind}; allowed: one JSON object a line");

            return json.RootElement.EnumerateObject().ToDictionary(
                field => field.Name, field => Value(file, line, field), StringComparer.Ordinal);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            throw new InputException($"{file}:{line}: is no JSON object: {broken.Message}");
        }
    }

    private static string Value(string file, int line, JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.String => field.Value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => field.Value.GetRawText(),
        _ =>
            throw new InputException(
                $"{file}:{line}: column '{field.Name}' is {field.Value.ValueKind}; allowed: text, a number, true, false or null"),
    };
}
