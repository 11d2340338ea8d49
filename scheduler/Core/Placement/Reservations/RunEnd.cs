namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>When a job that would start now has ended.</summary>
/// <param name="Limit">By limit and grace; null: it has no limit.</param>
/// <param name="Expected">By its limit, or else by what earlier runs took; null: it is not known.</param>
/// <param name="Tolerated">When it must have ended by its limit where it is not known when a promise comes true.</param>
internal readonly record struct RunEnd(DateTimeOffset? Limit, DateTimeOffset? Expected, DateTimeOffset Tolerated)
{
    public static RunEnd Of(TimeSpan? limit, TimeSpan? learned, TimeSpan patience, DateTimeOffset now) =>
        new(now + limit, now + (limit ?? learned), now + patience);

    /// <summary>On a machine that closes it is gone by then.</summary>
    public RunEnd On(NodeSlot slot) =>
        slot.ClosesAt is null ? this : this with { Limit = slot.BeforeClosing(Limit), Expected = slot.BeforeClosing(Expected) };

    /// <summary>A promise that rests on limits is measured by limits alone, for an estimate may be wrong; one that is itself an
    /// estimate by the best that is known.</summary>
    public bool IsBefore(Promise promise) =>
        promise.At is { } at ? Limit <= at : promise.Expected is { } expected ? Expected <= expected : Limit <= Tolerated;
}
