namespace GpuScheduler.Core.Policies.Interleaving;

/// <summary>How fast jobs advance together, remembered by what they do: jobs with equal stages are interchangeable.</summary>
/// <param name="slowdown">What taking turns costs beyond the stages themselves, measured: for 2, 3, 4 … jobs on the same cards.</param>
public sealed class SharedPace(IReadOnlyList<double> slowdown)
{
    private readonly List<Contender> kinds = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> known = new(StringComparer.Ordinal);

    /// <summary>Most jobs that may share.</summary>
    public int Most { get; } = Math.Min(StageCycle.MostJobs, slowdown.Count + 1);

    /// <summary>A number for what the job does; equal for jobs that are interchangeable.</summary>
    public int KindOf(Contender job)
    {
        var stages = string.Join(' ', job.Stages.Append(job.Pace[0]));
        if (!numbers.TryGetValue(stages, out var kind))
        {
            numbers.Add(stages, kind = kinds.Count);
            kinds.Add(job);
        }

        return kind;
    }

    /// <param name="mix">Kinds of those on the same cards, sorted.</param>
    /// <returns>s in which each of them does one unit of work.</returns>
    public double Of(IReadOnlyList<int> mix)
    {
        if (mix.Count == 1)
            return kinds[mix[0]].Pace[0];

        var name = string.Join(' ', mix);
        if (!known.TryGetValue(name, out var pace))
            known.Add(name, pace = StageCycle.Length([.. mix.Select(kind => kinds[kind].Stages)]) * slowdown[mix.Count - 2]);

        return pace;
    }
}
