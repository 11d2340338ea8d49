using System.Text;
using System.Text.Json;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>Reads one line of manifest.jsonl: {"step":100,"path":"step-100.bin","bytes":123,"sha256":"…"}.</summary>
internal static class ManifestLine
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    public static CheckpointEntry? Parse(string line, string directory, out string? problem) =>
        Parse(Encoding.UTF8.GetBytes(line), directory, out problem);

    /// <param name="line">As the job wrote it: any bytes.</param>
    /// <param name="directory">The checkpoint directory.</param>
    /// <param name="problem">Why the line doesn't count, one of a few texts; null when the result isn't.</param>
    public static CheckpointEntry? Parse(ReadOnlyMemory<byte> line, string directory, out string? problem)
    {
        problem = line.Span.TrimStart(" \t\r"u8) is [(byte)'{', ..] ? null : "it is not a JSON object";
        if (problem is not null)
            return null;
        try
        {
            using var json = JsonDocument.Parse(line, Options);
            problem = Check(json.RootElement);
            return problem is null ? Read(json.RootElement, directory, out problem) : null;
        }
        catch (JsonException)
        {
            problem = "it is not JSON";
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or NotSupportedException or FormatException)
        {
            // Half a surrogate, bytes that are no UTF-8, and whatever else .NET refuses to make text of.
            problem = "it holds what is no text";
            return null;
        }
    }

    private static string? Check(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return "it is not a JSON object";
        if (!root.TryGetProperty("step", out var step) || step.ValueKind != JsonValueKind.Number
            || !step.TryGetInt64(out var number) || number < 0)
            return "'step' must be a whole number, 0 or more";
        if (!root.TryGetProperty("path", out var path) || path.ValueKind != JsonValueKind.String
            || !CheckpointEntry.IsPath(path.GetString()!))
            return "'path' must be a file or directory inside the checkpoint directory";
        if (root.TryGetProperty("bytes", out var bytes) && bytes.ValueKind != JsonValueKind.Null
            && (bytes.ValueKind != JsonValueKind.Number || !bytes.TryGetInt64(out var size) || size < 0))
            return "'bytes' must be a whole number, 0 or more";
        if (root.TryGetProperty("sha256", out var hash) && hash.ValueKind != JsonValueKind.Null
            && (hash.ValueKind != JsonValueKind.String || !IsHash(hash.GetString()!)))
            return "'sha256' must be 64 hexadecimal digits";
        return null;
    }

    private static bool IsHash(string text) => text.Length is 0 or 64 && text.All(char.IsAsciiHexDigit);

    private static CheckpointEntry? Read(JsonElement root, string directory, out string? problem)
    {
        long? bytes = root.TryGetProperty("bytes", out var size) && size.ValueKind == JsonValueKind.Number ? size.GetInt64() : null;
        var hash = root.TryGetProperty("sha256", out var text) ? text.GetString() : null;
        var entry = CheckpointEntry.In(
            directory, root.GetProperty("step").GetInt64(), root.GetProperty("path").GetString()!, bytes, hash);
        problem = entry is null ? "'path' leads out of the checkpoint directory" : null;
        return entry;
    }
}
