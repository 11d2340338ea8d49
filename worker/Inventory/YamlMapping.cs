namespace GpuScheduler.Worker.Inventory;

/// <summary>The known fields of one YAML mapping.</summary>
internal sealed record YamlMapping(YamlField Field, IReadOnlyDictionary<string, YamlField> Fields)
{
    public YamlField? Find(string name) => Fields.GetValueOrDefault(name);

    public YamlField Require(string name, string allowed) =>
        Find(name) ?? throw new StartupException($"{Field.Where}: '{Field.Child(name)}' is missing; allowed: {allowed}");
}
