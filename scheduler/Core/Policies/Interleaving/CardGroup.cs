namespace GpuScheduler.Core.Policies.Interleaving;

/// <summary>Jobs of one width on the same cards.</summary>
internal sealed class CardGroup
{
    private CardGroup(IReadOnlyList<Contender> jobs, IReadOnlyList<int> mix, double work, double pace)
    {
        (Jobs, Mix, Work, Pace) = (jobs, mix, work, pace);
        MixName = string.Join(' ', mix);
    }

    public IReadOnlyList<Contender> Jobs { get; }

    /// <summary>What they do, sorted; groups with the same mix differ only in how much their work is worth.</summary>
    public IReadOnlyList<int> Mix { get; }

    public string MixName { get; }

    /// <summary>What one cycle gets done: s that it would take each of them alone, times its weight, added up.</summary>
    public double Work { get; }

    /// <summary>s of a cycle.</summary>
    public double Pace { get; }

    public double Rate => Work / Pace;

    public int Devices => Jobs[0].Devices;

    public static CardGroup Alone(Contender job, double weight, SharedPace paces)
    {
        int[] mix = [paces.KindOf(job)];
        return new([job], mix, weight * job.Pace[0], paces.Of(mix));
    }

    /// <summary>Both on the same cards; null if too many.</summary>
    public static CardGroup? Join(CardGroup a, CardGroup b, SharedPace paces)
    {
        if (a.Jobs.Count + b.Jobs.Count > paces.Most)
            return null;

        int[] mix = [.. a.Mix.Concat(b.Mix).Order()];
        return new([.. a.Jobs, .. b.Jobs], mix, a.Work + b.Work, paces.Of(mix));
    }
}
