namespace GpuScheduler.Core.Policies.Shares;

/// <summary>Turns shares of time into rounds, as Gavel does (Narayanan et al., OSDI 2020): the job that held cards least, compared with
/// its share, goes first. Shares are divided anew when jobs came or ended, but not too often; one that came since waits.</summary>
/// <param name="period">s; the least time between two divisions.</param>
/// <param name="credit">s that every job is taken to have held cards already, so that no first turn weighs without bound.</param>
public sealed class TurnsByShare(string name, ITimeShares shares, double period, double credit) : ISharingPolicy
{
    private readonly Dictionary<int, Account> accounts = [];
    private int[] known = [];
    private double divided;

    public string Name => name;

    public bool NeedsRunTimes => shares.NeedsRunTimes;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        if ((divided == 0 || now - divided >= period) && !contenders.Select(job => job.Id).SequenceEqual(known))
            Divide(contenders, room.Free.Sum(), now);

        var standing = contenders
            .Where(job => accounts.ContainsKey(job.Id))
            .OrderByDescending(Due)
            .ThenByDescending(job => accounts[job.Id].Behind)
            .ThenBy(job => job.Id);
        return [.. standing.Where(job => room.TryTake(0, job.Devices)).Select(job => new Seat(job, 0))];
    }

    /// <summary>Rounded, so that equals are equal however their times were added up.</summary>
    private double Due(Contender job) => Math.Round(accounts[job.Id].Share / (job.Attained - accounts[job.Id].Mark + credit), 12);

    private void Divide(IReadOnlyList<Contender> contenders, int cards, double now)
    {
        var parts = shares.Divide(contenders, cards, now);
        var before = new Dictionary<int, Account>(accounts);
        accounts.Clear();
        foreach (var (job, part) in contenders.Zip(parts))
        {
            var old = before.GetValueOrDefault(job.Id, new(0, job.Attained, 0));
            accounts.Add(job.Id, new(part, job.Attained, old.Behind + (old.Share * (now - divided)) - (job.Attained - old.Mark)));
        }

        known = [.. contenders.Select(job => job.Id)];
        divided = now;
    }

    /// <param name="Mark">s that the job had held cards at the last division.</param>
    /// <param name="Behind">s that it was due and didn't get, before that.</param>
    private readonly record struct Account(double Share, double Mark, double Behind);
}
