using System.Text.Json;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>Reads one line of manifest.jsonl: {"step":100,"path":"step-100.bin","bytes":123,"sha256":"…"}.</summary>
internal static class ManifestLine
{
    /// <param name="problem">Why the line doesn't count; null when the result isn't.</param>
    public static CheckpointEntry? Parse(string line, string directory, out string? problem)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            problem = Check(json.RootElement);
            if (problem is not null)
                return null;
            return Read(json.RootElement, directory, out problem);
        }
        catch (JsonException error)
        {
            problem = $"not JSON: {error.Message}";
            return null;
        }
    }

    private static string? Check(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return "not a JSON object";
        if (!root.TryGetProperty("step", out var step) || step.ValueKind != JsonValueKind.Number
            || !step.TryGetInt64(out var number) || number < 0)
            return "'step' must be a whole number, 0 or more";
        if (!root.TryGetProperty("path", out var path) || path.ValueKind != JsonValueKind.String || path.GetString() is "" or null)
            return "'path' must be a file or directory inside the checkpoint directory";
        if (root.TryGetProperty("bytes", out var bytes) && bytes.ValueKind != JsonValueKind.Null
            && (bytes.ValueKind != JsonValueKind.Number || !bytes.TryGetInt64(out _)))
            return "'bytes' must be a whole number";
        if (root.TryGetProperty("sha256", out var hash) && hash.ValueKind != JsonValueKind.Null
            && (hash.ValueKind != JsonValueKind.String || !IsHash(hash.GetString()!)))
            return "'sha256' must be 64 hexadecimal digits";
        return null;
    }

    private static bool IsHash(string text) => text.Length is 0 or 64 && text.All(char.IsAsciiHexDigit);

    private static CheckpointEntry? Read(JsonElement root, string directory, out string? problem)
    {
        var full = Path.GetFullPath(Path.Combine(directory, root.GetProperty("path").GetString()!));
        var relative = Path.GetRelativePath(directory, full);
        if (relative is "." or ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative))
        {
            problem = $"'path' leads out of the checkpoint directory: {full}";
            return null;
        }

        problem = null;
        long? bytes = root.TryGetProperty("bytes", out var size) && size.ValueKind == JsonValueKind.Number ? size.GetInt64() : null;
        var hash = root.TryGetProperty("sha256", out var text) ? text.GetString() : null;
        return new(root.GetProperty("step").GetInt64(), relative, full, bytes, string.IsNullOrEmpty(hash) ? null : hash.ToLowerInvariant());
    }
}
