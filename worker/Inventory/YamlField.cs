using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace GpuScheduler.Worker.Inventory;

/// <summary>A YAML node with the way to it, so that every complaint can name file, line, field, value and what is allowed.</summary>
internal sealed record YamlField(string File, YamlNode Node, string Name = "")
{
    public string Where => $"{File}:{Node.Start.Line}";

    public StartupException Refuse(string allowed) =>
        new($"{Where}: {(Name.Length > 0 ? $"'{Name}'" : "the file")} is {Describe(Node)}; allowed: {allowed}");

    /// <summary>The entries of a mapping that may hold these keys and no others.</summary>
    public YamlMapping Mapping(params string[] known)
    {
        if (Node is not YamlMappingNode mapping)
            throw Refuse($"a mapping with {string.Join(", ", known)}");
        var fields = new Dictionary<string, YamlField>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!known.Contains(name))
                throw new StartupException($"{File}:{key.Start.Line}: unknown field '{Child(name)}'; "
                    + $"did you mean '{NearestName.Of(name, known)}'? Allowed: {string.Join(", ", known)}");
            fields[name] = new(File, value, Child(name));
        }

        return new(this, fields);
    }

    /// <summary>The entries of a mapping whose keys are free.</summary>
    public Dictionary<string, string> Texts(string allowed) => Node is YamlMappingNode mapping
        ? mapping.ToDictionary(
            pair => new YamlField(File, pair.Key, Name).Text(allowed),
            pair => new YamlField(File, pair.Value, Child(pair.Key.ToString())).Text(allowed))
        : throw Refuse(allowed);

    public IReadOnlyList<YamlField> Sequence(string allowed) => Node is YamlSequenceNode sequence
        ? [.. sequence.Select((node, i) => new YamlField(File, node, $"{Name}[{i}]"))]
        : throw Refuse(allowed);

    public string Text(string allowed) => Node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Refuse(allowed);

    public string Text(Func<string, bool> isValid, string allowed) => isValid(Text(allowed)) ? Text(allowed) : throw Refuse(allowed);

    public int Number(int least, int most)
    {
        var allowed = $"a whole number from {least} to {most}";
        return int.TryParse(Text(allowed), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number : throw Refuse(allowed);
    }

    public long MemoryMib() => MemorySize.ParseMib(Text(MemorySize.Allowed)) ?? throw Refuse(MemorySize.Allowed);

    public string Child(string name) => Name.Length > 0 ? $"{Name}.{name}" : name;

    private static string Describe(YamlNode node) => node switch
    {
        YamlScalarNode { Value: null or "" } => "empty",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };
}
