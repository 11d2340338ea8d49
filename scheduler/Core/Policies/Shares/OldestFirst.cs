namespace GpuScheduler.Core.Policies.Shares;

/// <summary>A job that got a place keeps it to the end, and free places go to the first in line. As the published runs count, every job
/// takes one place, whatever number of cards it needs; those that don't fit take turns.</summary>
/// <param name="choosy">Part of the line from which the shortest goes first: 0 is first come, first served; AlloX
/// (Le et al., EuroSys 2020) in the published runs has 0.2.</param>
public sealed class OldestFirst(double choosy) : ITimeShares
{
    private readonly HashSet<int> placed = [];

    public bool NeedsRunTimes => choosy > 0;

    public IReadOnlyList<double> Divide(IReadOnlyList<Contender> contenders, int cards, double now)
    {
        placed.IntersectWith(contenders.Select(job => job.Id));
        var free = cards - placed.Count;
        var line = contenders.Where(job => !placed.Contains(job.Id)).ToList();
        var front = line.Take(Math.Max((int)(choosy * line.Count), free));
        placed.UnionWith((choosy > 0 ? front.OrderBy(job => job.RemainingTime) : front).Take(free).Select(job => job.Id));
        return [.. contenders.Select(job => placed.Contains(job.Id) ? 1.0 : 0)];
    }
}
