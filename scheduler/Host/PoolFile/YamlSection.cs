using System.Globalization;
using System.Text.RegularExpressions;
using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Admission.Expressions;
using YamlDotNet.RepresentationModel;

namespace GpuScheduler.Host.PoolFile;

/// <summary>One mapping of a YAML file: hands out its values, notes what is wrong, and refuses keys that were not asked for.</summary>
internal sealed partial class YamlSection
{
    private readonly YamlNode _node;
    private readonly string _path;
    private readonly YamlFaults _faults;
    private readonly Dictionary<string, YamlNode> _values = [];
    private readonly HashSet<string> _known = [];

    private YamlSection(YamlNode node, string path, YamlFaults faults) => (_node, _path, _faults) = (node, path, faults);

    /// <summary>A section; anything but a mapping is a fault and reads as empty.</summary>
    public static YamlSection Of(YamlNode node, string path, YamlFaults faults)
    {
        var section = new YamlSection(node, path, faults);
        if (node is YamlMappingNode mapping)
        {
            foreach (var (key, value) in mapping.Children) section._values[key.ToString()] = value;
        }
        else
        {
            faults.Add(node, path.Length == 0 ? "file" : path, Shown(node), "a mapping (key: value)");
        }

        return section;
    }

    public T Section<T>(string key, Func<YamlSection, T> read, T shipped) =>
        Take(key) is { } node ? read(Of(node, Path(key), _faults)) : shipped;

    /// <summary>Null when the key is missing.</summary>
    public IReadOnlyList<T>? List<T>(string key, Func<YamlSection, T> read)
    {
        if (Take(key) is not { } node) return null;
        if (node is YamlSequenceNode list) return [.. list.Select((item, i) => read(Of(item, $"{Path(key)}[{i}]", _faults)))];
        Refuse(key, Shown(node), "a list");
        return [];
    }

    public IReadOnlyList<T> Names<T>(string key)
        where T : struct, Enum
    {
        if (Take(key) is not YamlSequenceNode list || list.Children.Count == 0)
        {
            Refuse(key, _values.TryGetValue(key, out var given) ? Shown(given) : "", $"a list of {Choices<T>()}");
            return [];
        }

        return [.. list.Select(item => Choose<T>(key, item)).Distinct()];
    }

    public T Choice<T>(string key)
        where T : struct, Enum
    {
        if (Take(key) is { } node) return Choose<T>(key, node);
        Refuse(key, "", Choices<T>());
        return default;
    }

    /// <summary>A choice that need not be made.</summary>
    public T Choice<T>(string key, T shipped)
        where T : struct, Enum => Take(key) is { } node ? Choose<T>(key, node) : shipped;

    /// <summary>A name of letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; required when nothing was shipped.</summary>
    public string Name(string key, string? shipped) =>
        Value(
            key, shipped ?? "", text =>
                NamePattern().IsMatch(text) ? text : null, "1 to 63 letters, digits, '-', '_' or '.'", shipped is null);

    /// <summary>Any text; required when nothing was shipped.</summary>
    public string Text(string key, string? shipped, string allowed) =>
        Value(key, shipped ?? "", text => text.Trim().Length > 0 ? text.Trim() : null, allowed, shipped is null);

    public int Number(string key, int shipped, int least, int most) => Value<int>(
        key,
        shipped,
        text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
                && number <= most
                ? number
                : null,
        $"a whole number from {least} to {most}");

    public TimeSpan Duration(string key, TimeSpan shipped, TimeSpan least, TimeSpan most) => Value<TimeSpan>(
        key,
        shipped,
        text => Durations.TryParse(text, out var span) && span >= least && span <= most ? span : null,
        $"a time from {Durations.Format(least)} to {Durations.Format(most)}, such as 500ms, 3s, 10m, 2h");

    public long Memory(string key, long shipped) => Value<long>(
        key, shipped, text =>
            MemorySize.TryParse(text, key, out var mib, out _) && mib > 0 ? mib : null,
            "a size above 0 with its unit, such as 512MiB or 16GiB");

    public bool Flag(string key, bool shipped) => Value<bool>(
        key, shipped, text => text switch { "true" => true, "false" => false, _ => null }, "true or false");

    /// <summary>Notes a fault of a value that was read well but doesn't fit the others.</summary>
    public void Refuse(string key, string value, string allowed) =>
        _faults.Add(_values.TryGetValue(key, out var node) ? node : _node, Path(key), value, allowed);

    /// <summary>To be called once everything known has been asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var (key, node) in _values.Where(entry => !_known.Contains(entry.Key)))
            _faults.Add(node, Path(key), Shown(node), Unknown(key));
    }

    private string Unknown(string key) => Nearest.To(key, _known, 1) is [var meant]
        ? $"no such key; did you mean '{meant}'?"
        : $"no such key; known here: {string.Join(", ", _known)}";

    private T Choose<T>(string key, YamlNode node)
        where T : struct, Enum
    {
        var text = Shown(node);
        if (Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } match)
            return Enum.Parse<T>(match);
        _faults.Add(node, Path(key), text, $"one of {Choices<T>()}");
        return default;
    }

    private T Value<T>(string key, T shipped, Func<string, T?> read, string allowed, bool required = false)
        where T : struct
    {
        if (Scalar(key, allowed, required) is not { } text) return shipped;
        if (read(text) is { } value) return value;
        Refuse(key, text, allowed);
        return shipped;
    }

    private string Value(string key, string shipped, Func<string, string?> read, string allowed, bool required)
    {
        if (Scalar(key, allowed, required) is not { } text) return shipped;
        if (read(text) is { } value) return value;
        Refuse(key, text, allowed);
        return shipped;
    }

    private string? Scalar(string key, string allowed, bool required)
    {
        var node = Take(key);
        if (node is YamlScalarNode { Value: { } text }) return text;
        if (node is not null || required) Refuse(key, node is null ? "" : Shown(node), allowed);
        return null;
    }

    private YamlNode? Take(string key)
    {
        _known.Add(key);
        return _values.GetValueOrDefault(key);
    }

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private static string Choices<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));

    private static string Shown(YamlNode node) => YamlText.Of(node);

    [GeneratedRegex("^[A-Za-z0-9._-]{1,63}$")]
    private static partial Regex NamePattern();
}
