using GpuScheduler.Core.Policies;

namespace GpuScheduler.Simulation.Tests.Support;

/// <summary>Contenders with defaults, so that a test states only what matters.</summary>
internal static class Small
{
    /// <param name="left">s of work on its only kind of card.</param>
    public static Contender Job(int id, double left = 100, int devices = 1, double arrival = 0) =>
        new(id, devices, arrival, [1.0]) { Remaining = left };

    public static IEnumerable<int> Ids(this IEnumerable<Seat> seats) => seats.Select(seat => seat.Job.Id);
}
