namespace GpuScheduler.Core.Policies.Kinds;

/// <summary>
/// For jobs that run at different speeds on different kinds of cards. A second on a card brings a job nearer to its end by as much
/// as that card is fast for it, compared with its best; that is what the mean completion time gains, whatever the job's length. So
/// cards are split such that these gains add up to most: no job takes a fast card that loses little on a slow one. Where there are
/// more jobs than cards, shorter ones count for more, at most twice as much: their cards are free again sooner, for those who wait.
/// A job of unknown length is expected to run as long again as it has.
/// </summary>
/// <param name="knownRunTimes">False: decides as if it were not known how much work is left.</param>
public sealed class ComparativeAdvantage(bool knownRunTimes) : ISharingPolicy
{
    public string Name => "default";

    public bool NeedsRunTimes => knownRunTimes;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var byLength = contenders.OrderBy(Length).ThenBy(job => job.Id).ToList();
        var crowd = Math.Max(0, 1 - ((double)room.Free.Sum() / Math.Max(1, contenders.Sum(job => job.Devices))));
        double[] weights = [.. byLength.Select((_, rank) => 1 + (crowd * (byLength.Count - rank) / byLength.Count))];
        var chosen = BestSplit.Of(
            [.. byLength.Select((job, rank) => job.Pace.Select(pace => weights[rank] * job.BestPace / pace).ToArray())], room.Free);
        return [.. Enumerable.Range(0, byLength.Count)
            .Where(rank => chosen[rank] != Contender.Nowhere && room.TryTake(chosen[rank], byLength[rank].Devices))
            .Select(rank => new Seat(byLength[rank], chosen[rank]))];
    }

    private double Length(Contender job) => (knownRunTimes ? job.Remaining!.Value : job.Done) * job.BestPace;
}
