using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace GpuScheduler.Worker.Inventory;

/// <summary>A YAML node with the way to it, so that every complaint can name file, line, field, value and what is allowed. What can't
/// be used is noted and read as nothing; the reader goes on, and all faults are told together.</summary>
internal sealed record YamlField(string File, YamlNode Node, InventoryFaults Faults, string Name = "")
{
    public void Note(string problem) => Faults.Add(File, Node.Start.Line, problem);

    public void Refuse(string allowed) => Note($"{(Name.Length > 0 ? $"'{Name}'" : "the file")} is {Describe(Node)}; allowed: {allowed}");

    /// <summary>The entries of a mapping that may hold these keys and no others.</summary>
    public YamlMapping Mapping(params string[] known)
    {
        if (Node is not YamlMappingNode mapping)
        {
            Refuse($"a mapping with {string.Join(", ", known)}");
            return new(this, null);
        }

        var fields = new Dictionary<string, YamlField>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (known.Contains(name))
                fields[name] = new(File, value, Faults, Child(name));
            else
                Faults.Add(File, key.Start.Line, $"unknown field '{Child(name)}'; did you mean '{NearestName.Of(name, known)}'? "
                    + $"Allowed: {string.Join(", ", known)}");
        }

        return new(this, fields);
    }

    /// <summary>The entries of a mapping whose keys are free.</summary>
    public Dictionary<string, string> Texts(string allowed)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Node is not YamlMappingNode mapping)
        {
            Refuse(allowed);
            return texts;
        }

        foreach (var (key, value) in mapping)
            texts[new YamlField(File, key, Faults, Name).Text(allowed)] = new YamlField(File, value, Faults, Child($"{key}")).Text(allowed);

        return texts;
    }

    public IReadOnlyList<YamlField> Sequence(string allowed)
    {
        if (Node is YamlSequenceNode sequence)
            return [.. sequence.Select((node, i) => new YamlField(File, node, Faults, $"{Name}[{i}]"))];
        Refuse(allowed);
        return [];
    }

    /// <summary>Empty when it is no text.</summary>
    public string Text(string allowed) => Text(static _ => true, allowed);

    /// <summary>Empty when it is no text, or not a valid one.</summary>
    public string Text(Func<string, bool> isValid, string allowed)
    {
        if (Node is YamlScalarNode { Value: { Length: > 0 } text } && isValid(text)) return text;
        Refuse(allowed);
        return "";
    }

    /// <summary>0 when it is no such number.</summary>
    public int Number(int least, int most)
    {
        var text = (Node as YamlScalarNode)?.Value ?? "";
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most) return number;
        Refuse($"a whole number from {least} to {most}");
        return 0;
    }

    /// <summary>0 when it is no amount of memory.</summary>
    public long MemoryMib()
    {
        var mib = MemorySize.ParseMib((Node as YamlScalarNode)?.Value ?? "");
        if (mib is null) Refuse(MemorySize.Allowed);
        return mib ?? 0;
    }

    public string Child(string name) => Name.Length > 0 ? $"{Name}.{name}" : name;

    private static string Describe(YamlNode node) => node switch
    {
        YamlScalarNode { Value: null or "" } => "empty",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };
}
