namespace GpuScheduler.Core.Policies.Lookahead;

/// <summary>Tries a few orders between "least card-seconds first" and "shortest first", foretells for each when all would
/// finish if no other job came, and follows the one with the least sum. Which order is best depends on how wide and how long the
/// waiting jobs are, so no single one is right for every queue. For cards of one kind.</summary>
public sealed class LookaheadPolicy : ISharingPolicy
{
    /// <summary>How much a job's width counts: 1 is its card-seconds, 0 its length alone.</summary>
    private static readonly double[] s_widths = [1, 0.9, 0.8, 0.7, 0.6];

    public string Name => "default";

    public bool NeedsRunTimes => true;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var orders = s_widths.Select(width => Order(contenders, width));
        var best = orders.MinBy(order => OrderForecast.SumOfCompletions(order, room.Free[0])) ?? [];
        return [.. best.Where(job => room.TryTake(0, job.Devices)).Select(job => new Seat(job, 0))];
    }

    private static Contender[] Order(IEnumerable<Contender> contenders, double width) =>
        [.. contenders.OrderBy(job => job.RemainingTime * Math.Pow(job.Devices, width)).ThenBy(job => job.Id)];
}
