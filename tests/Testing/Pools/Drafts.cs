using GpuScheduler.Core.Model;

namespace GpuScheduler.Testing.Pools;

/// <summary>Submissions with defaults, so that a test says only what matters to it.</summary>
public static class Drafts
{
    /// <summary>A job of user <c>ann</c> that runs <c>true</c>.</summary>
    public static JobDraft Job(string gpus = "", string tier = "", int priority = 0, int cpus = 1, string memory = "1GiB") => new()
    {
        User = "ann",
        Command = ["true"],
        Gpus = gpus,
        Tier = tier,
        Priority = priority,
        Cpus = cpus,
        Memory = memory,
    };

    /// <summary>A training job on one card.</summary>
    public static JobDraft Training(string gpus = "1") => Job(gpus, "training");

    /// <summary>An evaluation on one card.</summary>
    public static JobDraft Validation(string gpus = "1") => Job(gpus, "validation");

    /// <summary>The same job, writing checkpoints.</summary>
    public static JobDraft Checkpointed(this JobDraft draft) => draft with { Checkpoint = new CheckpointSpec(true, "", "") };
}
