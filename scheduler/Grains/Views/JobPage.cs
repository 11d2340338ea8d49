using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Views;

/// <summary>Jobs in submission order.</summary>
/// <param name="Jobs">At most as many as asked for.</param>
/// <param name="Truncated">More matched.</param>
/// <param name="Commit">The last commit when they stood so.</param>
[GenerateSerializer, Immutable, Alias("gpusched.JobPage")]
public sealed record JobPage(JobView[] Jobs, bool Truncated, long Commit);

/// <summary>An array as a whole.</summary>
/// <param name="States">Elements by state, ended ones included; empty: there is no such array.</param>
/// <param name="First">The first element that waits, or else that has not ended; null: all have.</param>
[GenerateSerializer, Immutable, Alias("gpusched.ArrayView")]
public sealed record ArrayView(IReadOnlyDictionary<JobState, int> States, JobId? First)
{
    /// <summary>The same by state and reason.</summary>
    [Id(2)] public ArrayGroup[] Groups { get; init; } = [];

    /// <summary>Counts the states of groups that are all of an array.</summary>
    public static ArrayView Of(IReadOnlyList<ArrayGroup> groups, JobId? first)
    {
        var states = groups.GroupBy(group => group.State).ToDictionary(same => same.Key, same => same.Sum(group => group.Count));
        return new ArrayView(states, first) { Groups = [.. groups] };
    }
}

/// <summary>An answer to who asked why.</summary>
/// <param name="Explained">Null: the job is not in the queue, or too many ask.</param>
/// <param name="ComeAgainIn">Too many ask: when the line will be shorter. Null: they don't.</param>
[GenerateSerializer, Immutable, Alias("gpusched.ExplainAnswer")]
public sealed record ExplainAnswer(JobExplanation? Explained, TimeSpan? ComeAgainIn);

/// <summary>Why a job is where it is.</summary>
/// <param name="Job">The job.</param>
/// <param name="Lines">At least one for a job that waits.</param>
/// <param name="Forecast">When it will start; null for a job that doesn't wait.</param>
/// <param name="Choice">How its place scored; null for a job that has none, or where it is not remembered.</param>
[GenerateSerializer, Immutable, Alias("gpusched.JobExplanation")]
public sealed record JobExplanation(JobView Job, Explanation[] Lines, StartForecast? Forecast, PlacementChoice? Choice);
