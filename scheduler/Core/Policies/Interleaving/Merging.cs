namespace GpuScheduler.Core.Policies.Interleaving;

/// <summary>Lets those jobs share cards that lose least by it, until all fit; one that can't share then yields.</summary>
internal sealed class Merging(List<CardGroup> groups, SharedPace paces)
{
    public IReadOnlyList<CardGroup> Groups => groups;

    /// <param name="cards">How many there are.</param>
    public void FitInto(int cards)
    {
        var asked = groups.Sum(group => group.Devices);
        while (asked > cards)
        {
            if (Cheapest() is var (a, b, together))
            {
                asked -= a.Devices;
                groups.Remove(b);
                groups[groups.IndexOf(a)] = together;
            }
            else
            {
                var least = groups.MinBy(group => group.Rate / group.Devices)!;
                asked -= least.Devices;
                groups.Remove(least);
            }
        }
    }

    /// <summary>The pair that loses the least rate for each card it gives up.</summary>
    private (CardGroup A, CardGroup B, CardGroup Together)? Cheapest()
    {
        (CardGroup, CardGroup, CardGroup)? best = null;
        var least = double.PositiveInfinity;
        foreach (var (a, b) in groups.GroupBy(group => group.Devices).SelectMany(Pairs))
        {
            if (CardGroup.Join(a, b, paces) is not { } together)
                continue;

            var loss = (a.Rate + b.Rate - together.Rate) / a.Devices;
            if (loss < least)
                (least, best) = (loss, (a, b, together));
        }

        return best;
    }

    /// <summary>Of groups with equal mixes those whose work is worth least lose least, so only they are tried.</summary>
    private static IEnumerable<(CardGroup A, CardGroup B)> Pairs(IEnumerable<CardGroup> sameWidth)
    {
        var least = sameWidth.GroupBy(group => group.MixName).Select(same => same.OrderBy(group => group.Work).Take(2).ToList()).ToList();
        for (var one = 0; one < least.Count; one++)
        {
            if (least[one].Count == 2)
                yield return (least[one][0], least[one][1]);

            for (var other = one + 1; other < least.Count; other++)
                yield return (least[one][0], least[other][0]);
        }
    }
}
