using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Tests.Harness;

/// <summary>Submissions, each saying only what a test is about.</summary>
internal static class Drafts
{
    /// <summary>CPU work that any node can hold.</summary>
    public static JobDraft Cpu { get; } = new() { User = "ada", Command = ["true"], Tier = "preprocessing" };

    /// <summary>Training on one card.</summary>
    public static JobDraft Training { get; } = new() { User = "ada", Command = ["true"], Tier = "training", Gpus = "1" };
}
