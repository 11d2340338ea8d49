namespace GpuScheduler.Core.Policies;

/// <summary>Who holds which kind of card until the next round or event. Decisions follow from the arguments alone.</summary>
public interface ISharingPolicy
{
    string Name { get; }

    /// <summary>True if every contender must say how much work it has left.</summary>
    bool NeedsRunTimes { get; }

    /// <param name="contenders">Every job that has arrived and not ended, in order of arrival.</param>
    /// <param name="room">All cards, free; what is seated takes from it.</param>
    /// <param name="now">s on the clock that arrivals are measured on.</param>
    /// <returns>The jobs that hold cards from now on, most deserving first. Everyone else yields.</returns>
    IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now);

    /// <summary>When the decision would change by time passing alone, in s on the same clock; infinite if never.</summary>
    double NextChange(IReadOnlyList<Contender> contenders, double now) => double.PositiveInfinity;
}
