namespace Orleans.Runtime;

/// <summary>Name of a grain class: lower case, without a trailing "Grain".</summary>
public readonly struct GrainType : IEquatable<GrainType>
{
    private readonly string? _name;

    private GrainType(string name) => _name = name;

    public bool IsDefault => _name is null;

    public static GrainType Create(string value) => new(value);

    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);

    public bool Equals(GrainType other) => string.Equals(_name, other._name, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    public override int GetHashCode() => _name?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _name ?? string.Empty;
}
