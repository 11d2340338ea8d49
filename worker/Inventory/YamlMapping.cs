namespace GpuScheduler.Worker.Inventory;

/// <summary>The known fields of one YAML mapping.</summary>
/// <param name="Field">The mapping.</param>
/// <param name="Fields">By name; null: it is no mapping, which has been told already.</param>
internal sealed record YamlMapping(YamlField Field, IReadOnlyDictionary<string, YamlField>? Fields)
{
    public YamlField? Find(string name) => Fields?.GetValueOrDefault(name);

    /// <summary>A field that must be there; null when it isn't, which is noted.</summary>
    public YamlField? Require(string name, string allowed)
    {
        if (Fields is not null && Find(name) is null)
            Field.Note($"'{Field.Child(name)}' is missing; allowed: {allowed}");
        return Find(name);
    }
}
