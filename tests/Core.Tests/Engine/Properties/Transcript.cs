using System.Text;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>What steps decided, as text: equal runs have equal transcripts.</summary>
internal sealed class Transcript
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public void Note(StepResult result, DateTimeOffset now)
    {
        _text.Append($"at {now:O} wake {result.WakeAt:O}\n");
        foreach (var change in result.Changes) _text.Append($"  {Describe(change)}\n");
        foreach (var effect in result.Effects) _text.Append($"  {Describe(effect)}\n");
        _text.Append(
            $"  seen {string.Join(",", result.ChangedJobs.Select(job => job.Id))} "
                + $"{string.Join(",", result.ChangedNodes.Select(node => node.Id))}\n");
    }

    /// <summary>All that is durable of a job.</summary>
    public static string Describe(Job job) => string.Join(
        '|', job.Id, job.State, job.Reason, job.ReasonText, $"{job.EligibleTime:O}", job.AttemptNumber, job.Failures, job.LaunchFailures,
        string.Join(",", job.Checkpoints), $"{job.StartTime:O}", $"{job.EndTime:O}", job.ExitCode, job.Signal,
        job.Attempt is null ? "" : Describe(job.Attempt));

    /// <summary>All that is durable of an attempt.</summary>
    public static string Describe(Attempt attempt) => string.Join(
        '|', attempt.Id, string.Join(";", attempt.Allocation.Nodes.Select(Describe)),
        $"{attempt.GrantTime:O}", $"{attempt.StartTime:O}", $"{attempt.EndTime:O}", attempt.ResumedFromStep, attempt.LastStep,
        $"{attempt.LastStepTime:O}",
        attempt.StopCause, attempt.EndCause, attempt.ExitCode, attempt.Signal, attempt.LostWork, attempt.Message, attempt.Origin,
        string.Join(";", attempt.Ranks.Select(Describe)));

    private static string Describe(GangRank rank) =>
        $"{rank.StartTime:O} {rank.EndTime:O} {rank.EndCause} {rank.ExitCode} {rank.Signal} {rank.Message}";

    private static string Describe(NodeShare share) => $"{share.Node}:{string.Join(",", share.Devices)}:{share.CpuCores}:{share.MemoryMib}";

    /// <summary>All that is durable of a node.</summary>
    public static string Describe(Node node) => string.Join(
        '|', node.Id, node.CpuCores, node.MemoryMib, node.ReservedCores, string.Join(",", node.Devices), node.BootId, node.DurableSequence,
        node.Cordon, string.Join(",", node.DeviceCordons.OrderBy(pair => pair.Key, StringComparer.Ordinal)), node.LaunchFailures);

    private static string Describe(StoreChange change) => change switch
    {
        StoreChange.JobsAdded added => $"added {string.Join(",", added.Jobs.Select(job => job.Id))}",
        StoreChange.SpecSaved saved => $"narrowed {saved.Number} to {saved.Spec.Pin}",
        StoreChange.JobSaved saved => $"job {Describe(saved.Job)}",
        StoreChange.AttemptSaved saved => $"attempt {Describe(saved.Attempt)}",
        StoreChange.NodeSaved saved => $"node {Describe(saved.Node)}",
        StoreChange.UseSaved saved => $"use {saved.Account} {saved.Use:R} {saved.Time:O}",
        StoreChange.FamilySaved saved =>
            $"family {saved.Facts.Family} {string.Join(",", saved.Facts.Runs)} {string.Join(",", saved.Facts.Speeds)}",
        StoreChange.FamilyForgotten forgotten => $"forgotten {forgotten.Family}",
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static string Describe(PoolEffect effect) => effect switch
    {
        PoolEffect.Dispatch dispatch => $"dispatch {dispatch.Node} {dispatch.Order.Attempt} {Describe(dispatch.Order.Share)}",
        _ => $"{effect}",
    };
}
