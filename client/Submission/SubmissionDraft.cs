using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Submission;

/// <summary>A submission while its sources are laid over each other: directives, then environment, then command line.</summary>
internal sealed class SubmissionDraft
{
    public JobSpec Spec { get; } = new();

    /// <summary>ALL, NONE, or names as sbatch's --export takes them.</summary>
    public string Export { get; set; } = "ALL";

    /// <summary>NAME=value, or NAME to take the value from here.</summary>
    public List<string> Variables { get; } = [];

    /// <summary>As asked for; null: one for each node.</summary>
    public int? Tasks { get; set; }

    public bool Wait { get; set; }

    /// <summary>Print the bare id.</summary>
    public bool Parsable { get; set; }

    public CheckpointSpec Checkpoint => Spec.Checkpoint ??= new CheckpointSpec { Enabled = true };
}
