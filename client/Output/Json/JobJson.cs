using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output.Json;

/// <summary>A job as programs read it. The shape is promised: fields are added, never renamed or removed.</summary>
internal sealed record JobJson(
    string Id,
    string Name,
    string User,
    string Tier,
    string State,
    string? Reason,
    string? ReasonText,
    string? Node,
    IReadOnlyList<string> Devices,
    IReadOnlyList<NodeShareJson> Nodes,
    int Attempt,
    int? ExitCode,
    DateTime? SubmitTime,
    DateTime? StartTime,
    DateTime? EndTime,
    long? ResumedFromStep,
    long? CheckpointStep,
    bool OnLoan,
    IReadOnlyList<ActJson> Acts)
{
    /// <summary>When it must have ended.</summary>
    public DateTime? Deadline { get; init; }

    /// <summary>What the scheduler's answer would have been too long with; only where there is something.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? LeftOut { get; init; }

    public static JobJson From(Job job) => new(
        job.Id,
        job.Spec.Name,
        job.Spec.User,
        job.Tier,
        JobStates.Name(job.State),
        OrNull(job.Reason),
        OrNull(job.ReasonText),
        OrNull(job.Node),
        [.. job.Devices],
        [.. job.Nodes.Select(NodeShareJson.From)],
        job.Attempt,
        job.HasExitCode ? job.ExitCode : null,
        Time(job.SubmitTime),
        Time(job.StartTime),
        Time(job.EndTime),
        job.HasResumedFromStep ? job.ResumedFromStep : null,
        job.HasCheckpointStep ? job.CheckpointStep : null,
        job.OnLoan,
        [.. job.Acts.Select(ActJson.From)])
    {
        Deadline = Time(job.Deadline),
        LeftOut = job.LeftOut.Count > 0 ? [.. job.LeftOut] : null,
    };

    private static string? OrNull(string text) => text.Length > 0 ? text : null;

    private static DateTime? Time(Timestamp? time) => time?.ToDateTime();
}

internal sealed record JobsJson(IReadOnlyList<JobJson> Jobs);

/// <summary>What a job has on one of its nodes; the first is its head, rank 0.</summary>
internal sealed record NodeShareJson(string Node, IReadOnlyList<string> Devices, int CpuCores, long MemoryMib)
{
    public static NodeShareJson From(NodeShare share) =>
        new(share.Node, [.. share.Devices.Select(device => device.Uuid)], share.CpuCores, share.MemoryMib);
}
