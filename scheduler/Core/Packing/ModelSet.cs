namespace GpuScheduler.Core.Packing;

/// <summary>The card models a request accepts. Equal when they accept the same, in whatever order that was written.</summary>
public sealed class ModelSet : IEquatable<ModelSet>
{
    private readonly string[] names;

    private ModelSet(IEnumerable<string> names) => this.names = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static ModelSet Any { get; } = new([]);

    public bool AcceptsAny => names.Length == 0;

    public static ModelSet Of(params IEnumerable<string> names) => new(names);

    public bool Accepts(string model) => AcceptsAny || Array.IndexOf(names, model) >= 0;

    public bool Equals(ModelSet? other) => other is not null && names.AsSpan().SequenceEqual(other.names);

    public override bool Equals(object? obj) => Equals(obj as ModelSet);

    public override int GetHashCode() =>
        names.Aggregate(17, (hash, name) => HashCode.Combine(hash, StringComparer.Ordinal.GetHashCode(name)));

    public override string ToString() => AcceptsAny ? "any" : string.Join('|', names);
}
