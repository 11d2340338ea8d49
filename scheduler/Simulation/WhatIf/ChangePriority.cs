using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary><c>12=100</c>: a job, or a whole array, has another priority.</summary>
internal sealed record ChangePriority(JobId Job, int Priority) : PoolChange
{
    private const int Most = 1_000_000;

    public override string Text => string.Create(CultureInfo.InvariantCulture, $"job {Job} has priority {Priority}");

    /// <param name="text">As given after <c>--priority</c>.</param>
    /// <param name="scenario">The work.</param>
    public static ChangePriority Read(string text, PoolScenario scenario)
    {
        if (text.Split('=') is not [var id, var number] || !JobId.TryParse(id, out var job)
            || !int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority)
            || priority is < -Most or > Most)
            throw new InputException(
                $"--priority is '{text}'; allowed: JOB=NUMBER with a number from -{Most} to {Most}, such as 12=100 or 12_3=-5");

        var change = new ChangePriority(job, priority);
        if (job.IsElement && scenario.Jobs.Where((one, index) => change.Means(IdOf(one, index))).Any(one => one.Element is not null))
            throw new InputException(
                $"--priority names '{id}', whose array has a bound (such as %8) that holds for all of it; allowed: the whole array, "
                    + $"{job.Number}={number}");

        return scenario.Jobs.Select(IdOf).Any(change.Means)
            ? change
            : throw new NotFoundException($"--priority names job '{id}'; allowed: one of the {scenario.Jobs.Count} jobs that are replayed");
    }

    /// <summary>As its owner knows it; in a file, jobs are numbered from 1 in the order of submission.</summary>
    public static JobId IdOf(SimulatedJob job, int index) => JobId.TryParse(job.Id, out var id) ? id : new(index + 1);

    public bool Means(JobId id) => Job.IsElement ? id == Job : id.Number == Job.Number;

    public override PoolScenario Apply(PoolScenario scenario) => scenario with
    {
        Jobs =
        [
            .. scenario.Jobs.Select(
                (job, index) => Means(IdOf(job, index)) ? job with { Draft = job.Draft with { Priority = Priority } } : job),
        ],
    };
}
