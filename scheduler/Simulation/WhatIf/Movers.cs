using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary>One job in two replays.</summary>
internal sealed record Mover(string Id, JobRecord Before, JobRecord After)
{
    /// <summary>s that it ends earlier; a job that ends in one replay only gains or loses more than any other.</summary>
    public double Gain => (Before.Ended ?? double.MaxValue / 4) - (After.Ended ?? double.MaxValue / 4);

    public string Text =>
        $"{Id} {(Before.Job.Draft.Name is { Length: > 0 } name ? Printable(name) + " " : "")}{Times(Before)} -> {Times(After)}";

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["name"] = Before.Job.Draft.Name,
        ["before"] = ToJson(Before),
        ["after"] = ToJson(After),
    };

    private static JsonObject ToJson(JobRecord job) => new() { ["waitSeconds"] = Rounded(job.Wait), ["jctSeconds"] = Rounded(job.Jct) };

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 3) : null;

    private static string Times(JobRecord job) => job.Jct is { } jct ? TimeText.Of(jct) : "never ends";

    private static string Printable(string name) =>
        string.Concat((name.Length > 20 ? name[..19] + "…" : name).Select(letter => char.IsControl(letter) ? '?' : letter));
}

/// <summary>Whom a change helps and whom it hurts.</summary>
internal sealed class Movers
{
    private const int Most = 3;
    private const double Noticed = 1;

    private readonly List<Mover> all;

    public Movers(PoolResult before, PoolResult after) => all = [.. before.Jobs.Zip(after.Jobs)
        .Select((pair, index) => new Mover(ChangePriority.IdOf(pair.First.Job, index).ToString(), pair.First, pair.Second))];

    public int Helped => all.Count(job => job.Gain > Noticed);

    public int Hurt => all.Count(job => job.Gain < -Noticed);

    public IReadOnlyList<Mover> MostHelped => [.. all.Where(job => job.Gain > Noticed).OrderByDescending(job => job.Gain).Take(Most)];

    public IReadOnlyList<Mover> MostHurt => [.. all.Where(job => job.Gain < -Noticed).OrderBy(job => job.Gain).Take(Most)];

    /// <summary>Those that somebody asked about by name.</summary>
    public IEnumerable<Mover> Named(IReadOnlyList<PoolChange> changes) =>
        all.Where((job, index) => changes.OfType<ChangePriority>().Any(change => change.Means(ChangePriority.IdOf(job.Before.Job, index))))
            .Take(Most);
}
