using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>
/// What keeps a node from ever holding a job. Compared by how near it is to a fit: the nearer, the more it helps to hear of it.
/// </summary>
/// <param name="Reason">What is missing.</param>
/// <param name="Most">What the node has of it: cards, cores or MiB.</param>
public readonly record struct Misfit(Reason Reason, long Most) : IComparable<Misfit>
{
    private static readonly Reason[] FarToNear =
    [
        Reason.NodeNotRequested, Reason.CardTypeMismatch, Reason.CardInsufficientMemory, Reason.CardComputeCapability,
        Reason.CardNoEcc, Reason.CardPrecision, Reason.CardDriver, Reason.CardClassNotAllowed,
        Reason.NodeInsufficientCards, Reason.NodePowerBudget, Reason.NodeInsufficientCpu, Reason.NodeInsufficientMemory,
    ];

    /// <inheritdoc/>
    public int CompareTo(Misfit other) => Reason != other.Reason
        ? Array.IndexOf(FarToNear, Reason).CompareTo(Array.IndexOf(FarToNear, other.Reason))
        : Most.CompareTo(other.Most);

    /// <summary>Compares by nearness.</summary>
    public static bool operator <(Misfit left, Misfit right) => left.CompareTo(right) < 0;

    /// <summary>Compares by nearness.</summary>
    public static bool operator >(Misfit left, Misfit right) => left.CompareTo(right) > 0;

    /// <summary>Compares by nearness.</summary>
    public static bool operator <=(Misfit left, Misfit right) => left.CompareTo(right) <= 0;

    /// <summary>Compares by nearness.</summary>
    public static bool operator >=(Misfit left, Misfit right) => left.CompareTo(right) >= 0;
}
