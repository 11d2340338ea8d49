namespace GpuScheduler.Core.Policies.Shares;

/// <summary>Who shall hold cards for which part of the time, where cards are all alike.</summary>
public interface ITimeShares
{
    /// <summary>True if every contender must say how much work it has left.</summary>
    bool NeedsRunTimes { get; }

    /// <param name="contenders">In order of arrival.</param>
    /// <param name="cards">How many there are.</param>
    /// <param name="now">s on the clock that arrivals are measured on.</param>
    /// <returns>For each contender a part from 0 to 1. What adds up to more than the cards is evened out by the order of turns.</returns>
    IReadOnlyList<double> Divide(IReadOnlyList<Contender> contenders, int cards, double now);
}
