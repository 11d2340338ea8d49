using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>What a job shows in each column of the queue.</summary>
internal static class JobRows
{
    public const string None = "-";

    public static string Gpus(Job job) =>
        job.Spec.GpuShare.Length > 0 ? job.Spec.GpuShare
        : job.Devices.Count > 0 ? job.Devices.Count.ToString(CultureInfo.InvariantCulture)
        : job.Spec.Gpus.Length == 0 ? "0"
        : AskedCount(job.Spec).ToString(CultureInfo.InvariantCulture);

    /// <summary>What it got, or in the user's words what it asks for.</summary>
    public static string Card(Job job) =>
        job.DeviceModels.Count > 0 ? CardNames.List(job.DeviceModels)
        : job.Devices.Count > 0 ? string.Join(',', job.Devices)
        : job.Spec.Gpus.Length > 0 ? job.Spec.Gpus
        : None;

    public static string NodeOrReason(Job job)
    {
        if (JobStates.HoldsDevices(job.State) || (JobStates.HasEnded(job.State) && job.Node.Length > 0))
            return NodeList(job);

        return job.Reason.Length > 0 ? $"({job.Reason})" : "";
    }

    /// <summary>All its nodes, the head first.</summary>
    public static string NodeList(Job job) => job.Nodes.Count > 1 ? string.Join(',', job.Nodes.Select(share => share.Node)) : job.Node;

    /// <summary>Nodes that it has, or asks for.</summary>
    public static string Nodes(Job job) =>
        Math.Max(1, job.Nodes.Count > 0 ? job.Nodes.Count : job.Spec.Nodes).ToString(CultureInfo.InvariantCulture);

    public static string Time(Job job, DateTimeOffset now) => job.State == JobState.Pending
        ? Durations.Slurm(TimeSpan.Zero)
        : Durations.Of(job.StartTime, job.EndTime, now);

    /// <summary>The number after the last colon, as in "a100:2", on all nodes; only for show, the scheduler reads the whole
    /// expression.</summary>
    private static int AskedCount(JobSpec spec)
    {
        var last = spec.Gpus[(spec.Gpus.LastIndexOf(':') + 1)..];
        var count = int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        return spec.GpusPerNode ? count * Math.Max(1, spec.Nodes) : count;
    }
}
