using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace GpuScheduler.Host.PoolFile;

/// <summary>Mappings whose keys are names that only the reader's lab knows.</summary>
internal sealed partial class YamlSection
{
    /// <summary>Every entry of a mapping; what can't be read is noted and left out. Empty when the key is missing.</summary>
    /// <param name="key">The mapping.</param>
    /// <param name="read">Null: not allowed.</param>
    /// <param name="allowed">What is.</param>
    public IReadOnlyDictionary<string, T> Table<T>(string key, Func<string, T?> read, string allowed)
        where T : struct
    {
        var table = new Dictionary<string, T>(StringComparer.Ordinal);
        if (Take(key) is not { } node) return table;
        if (node is not YamlMappingNode mapping)
        {
            Refuse(key, Shown(node), $"a mapping of names to {allowed}");
            return table;
        }

        foreach (var (name, value) in mapping.Children)
        {
            if (value is YamlScalarNode { Value: { } text } && read(text) is { } entry) table[Shown(name)] = entry;
            else _faults.Add(value, $"{Path(key)}.{Shown(name)}", Shown(value), allowed);
        }

        return table;
    }

    public double Decimal(string key, double shipped, double least, double most) => Value<double>(
        key,
        shipped,
        text =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least
                && number <= most
                ? number
                : null,
        string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));

    /// <summary>Null when the key is missing.</summary>
    public int? NumberOrNone(string key, int least, int most)
    {
        _known.Add(key);
        return _values.ContainsKey(key) ? Number(key, least, least, most) : null;
    }

    /// <summary>Whether the key was given.</summary>
    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>Some text that is not empty; required.</summary>
    public string Text(string key, string allowed) => Value(key, "", text => text.Length > 0 ? text : null, allowed, required: true);

    /// <summary>Some text that has to pass a check; when it is missing, what was shipped.</summary>
    public string? Checked(string key, string? shipped, Func<string, bool> passes, string allowed)
    {
        if (Scalar(key, allowed, required: false) is not { } text) return shipped;
        if (passes(text)) return text;
        Refuse(key, text, allowed);
        return shipped;
    }

    /// <summary>One text or a list of them, at least one; each has to pass a check.</summary>
    public IReadOnlyList<string> Texts(string key, Func<string, bool> passes, string allowed)
    {
        var node = Take(key);
        IReadOnlyList<YamlNode> items = node is YamlSequenceNode list ? [.. list.Children] : node is null ? [] : [node];
        if (items.Count == 0) Refuse(key, "", allowed);
        foreach (var item in items.Where(item => item is not YamlScalarNode || !passes(Shown(item))))
            _faults.Add(item, Path(key), Shown(item), allowed);
        return [.. items.Select(Shown)];
    }
}
