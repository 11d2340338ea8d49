namespace GpuScheduler.Core.Model;

/// <summary>The parts of a specification that few jobs have.</summary>
internal sealed record SeldomAsked
{
    public static SeldomAsked Nothing { get; } = new();

    public ArraySpec? Array { get; init; }

    public DependencySpec? Dependency { get; init; }

    public CardPin? Pin { get; init; }
}
