using System.Globalization;

namespace GpuScheduler.Protos;

/// <summary>Resource limits of a process as /proc/PID/limits tells them, under the names that the wire uses.</summary>
public static class ProcessLimits
{
    private const int NameWidth = 26;

    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["Max address space"] = "as",
        ["Max core file size"] = "core",
        ["Max cpu time"] = "cpu",
        ["Max data size"] = "data",
        ["Max file size"] = "fsize",
        ["Max locked memory"] = "memlock",
        ["Max open files"] = "nofile",
        ["Max processes"] = "nproc",
        ["Max resident set"] = "rss",
        ["Max stack size"] = "stack",
    };

    /// <summary>Soft and hard limit of each name; null: unlimited. What isn't understood is left out.</summary>
    public static IReadOnlyDictionary<string, (ulong? Soft, ulong? Hard)> Parse(string text)
    {
        var limits = new Dictionary<string, (ulong?, ulong?)>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.Length <= NameWidth || !s_names.TryGetValue(line[..NameWidth].TrimEnd(), out var name)) continue;
            var values = line[NameWidth..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (values.Length >= 2 && TryRead(values[0], out var soft) && TryRead(values[1], out var hard)) limits[name] = (soft, hard);
        }

        return limits;
    }

    private static bool TryRead(string text, out ulong? value)
    {
        value = null;
        if (text == "unlimited") return true;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        value = number;
        return true;
    }
}
