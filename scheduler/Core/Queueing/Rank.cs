using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>A job's place among those who wait: lower goes first. Total, as ids are unique.</summary>
/// <param name="OverdueSince">Ticks since when it waits, once that is longer than the bound; else the greatest number.</param>
/// <param name="RoundPlace">Its place among those to whom the round gives cards; else the greatest number.</param>
/// <param name="Points">Effective priority, less what age brings everybody; past the bound it counts no more.</param>
/// <param name="Id">Decides between equals: submission order.</param>
internal readonly record struct Rank(long OverdueSince, int RoundPlace, double Points, JobId Id) : IComparable<Rank>
{
    /// <summary>It has waited longer than the bound.</summary>
    public bool IsOverdue => OverdueSince != long.MaxValue;

    public int CompareTo(Rank other)
    {
        if (OverdueSince != other.OverdueSince) return OverdueSince.CompareTo(other.OverdueSince);
        if (RoundPlace != other.RoundPlace) return RoundPlace.CompareTo(other.RoundPlace);
        return Points != other.Points && !IsOverdue ? other.Points.CompareTo(Points) : Id.CompareTo(other.Id);
    }
}
