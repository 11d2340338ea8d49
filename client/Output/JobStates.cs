using GpuScheduler.Client.Calls;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>Names and two-letter codes of job states, as Slurm's users know them. A state from a newer scheduler reads
/// UNKNOWN and counts as not ended.</summary>
internal static class JobStates
{
    public const string Unknown = "UNKNOWN";

    public static string Name(JobState state) =>
        Enum.IsDefined(state) && state != JobState.Unspecified ? ScreamingName(state) : Unknown;

    public static string Code(JobState state) => state switch
    {
        JobState.Pending => "PD",
        JobState.Configuring => "CF",
        JobState.Running => "R",
        JobState.Checkpointing => "CK",
        JobState.Completing => "CG",
        JobState.Completed => "CD",
        JobState.Failed => "F",
        JobState.Timeout => "TO",
        JobState.OutOfMemory => "OOM",
        JobState.NodeFail => "NF",
        JobState.Preempted => "PR",
        JobState.Cancelled => "CA",
        JobState.RequeueHold => "RH",
        JobState.Suspended => "S",
        JobState.Stopped => "ST",
        JobState.Deadline => "DL",
        JobState.BootFail => "BF",
        JobState.Requeued => "RQ",
        JobState.SpecialExit => "SE",
        _ => "?",
    };

    /// <summary>The state that a user's word names ("PD", "pending"), or null.</summary>
    public static JobState? Parse(string word) => Enum.GetValues<JobState>()
        .Where(state => state != JobState.Unspecified)
        .Where(state => Same(Code(state), word) || Same(Name(state), word))
        .Select(state => (JobState?)state)
        .FirstOrDefault();

    /// <summary>States in a list such as "PD,RUNNING"; null: none.</summary>
    public static IEnumerable<JobState> ParseList(string flag, string? list) =>
        (list?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? []).Select(word => Parse(word) ?? throw CommandException.Usage(
            $"{flag}: '{word}': one of {string.Join(", ", Enum.GetValues<JobState>().Skip(1).Select(Name))}"));

    public static bool HasEnded(JobState state) => state is JobState.Completed or JobState.Failed or JobState.Timeout
        or JobState.OutOfMemory or JobState.NodeFail or JobState.Cancelled or JobState.Deadline or JobState.BootFail
        or JobState.Preempted;

    public static bool HoldsDevices(JobState state) =>
        state is JobState.Configuring or JobState.Running or JobState.Checkpointing or JobState.Completing;

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string ScreamingName(JobState state) => EnumNames.Words(state.ToString(), '_').ToUpperInvariant();
}
