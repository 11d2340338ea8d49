using System.Collections.Immutable;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Benchmarks.Cycles;

/// <summary>The jobs, machines and rules of a case: the same each time.</summary>
internal sealed class CycleInputs(CycleCase of)
{
    public const int CardsPerNode = 8;
    private const int NodesPerRack = 20;

    private static readonly ImmutableDictionary<string, string> Office = ImmutableDictionary<string, string>.Empty.Add("room", "office");

    /// <summary>Without the usual limit of a user's jobs: one user has them all, waiting and running.</summary>
    public PoolConfig Rules { get; } = new()
    {
        Quotas = new QuotaConfig { JobsPerUser = int.MaxValue },
        Nodes = of.Mix == Mix.Hours ? [new NodeRule { Label = "room=office", Available = ["Mon-Fri 08:00-20:00"] }] : [],
    };

    /// <summary>
    /// Submission number <paramref name="i"/>. Kinds differ in tier, cards, cores and checkpoints; their jobs come in turn.
    /// </summary>
    public JobDraft Draft(int i)
    {
        var user = i % of.Users;
        // A user has a habit of six kinds; all users together have all of them.
        var kind = of.Users == 1 ? i % of.Kinds : ((user * 6) + (i / of.Users % 6)) % of.Kinds;
        return With(kind, new JobDraft
        {
            User = of.Users == 1 ? "ann" : $"user-{user:000}",
            Project = user % 3 == 0 ? $"project-{user / 30}" : "",
            Command = of.Users == 1 ? ["true"] : ["python3", "train.py", "--seed", $"{i}"],
            Tier = kind % 2 == 0 ? "training" : "validation",
            TimeLimit = of.IsLimited ? $"{30 << (kind / 7 % 6)}m" : "",
            Cpus = of.Mix == Mix.Parts ? 1 : 1 + (kind / 6 % 4),
            Memory = $"{1 + (kind / 24)}GiB",
            Checkpoint = new CheckpointSpec(kind % 5 == 0, "", ""),
            Priority = i % 7,
            Array = of.Elements == 1 ? "" : $"0-{of.Elements - 1}",
        });
    }

    /// <summary>A machine's worker joins.</summary>
    public PoolInput.NodeJoined Join(int node)
    {
        var (model, gib) = (node % 3) switch
        {
            0 => ("NVIDIA A100-SXM4-80GB", 80L),
            1 => ("NVIDIA GeForce RTX 4090", 24L),
            _ => ("NVIDIA RTX 6000 Ada Generation", 48L),
        };
        var cards = Enumerable.Range(0, CardsPerNode).Select(card => new AnnouncedDevice($"GPU-{node}-{card}", model, gib * 1024, null));
        var inventory = new NodeInventory(64, 512 * 1024, 4, [.. cards]) { Labels = Labels(node) };
        return new PoolInput.NodeJoined(new NodeId($"node-{node:00000}"), "s", "b", "1", inventory, []);
    }

    private JobDraft With(int kind, JobDraft draft)
    {
        if (of.Mix == Mix.Parts && kind % 3 != 1) return draft with { Gpus = Cards(kind), GpuShare = $"{100 * (1 + (kind % 9))}m" };
        if (of.Mix == Mix.Gangs && kind / 2 % 2 == 0)
            return draft with { Gpus = $"{2 + (kind % 3)}", GpusPerNode = true, NodeCount = kind % 8 == 0 ? 4 : 2 };
        return draft with { Gpus = of.IsLimited && kind % 4 == 0 ? "4" : Cards(kind) };
    }

    private static string Cards(int kind) => (kind % 3) switch
    {
        0 => "1",
        1 => "2",
        _ => "A100,RTX4090,RTX6000ADA:1",
    };

    private ImmutableDictionary<string, string> Labels(int node) => of.Mix switch
    {
        Mix.Hours when node % 2 == 0 => Office,
        Mix.Gangs => ImmutableDictionary<string, string>.Empty.Add("rack", $"r{node / NodesPerRack}"),
        _ => ImmutableDictionary<string, string>.Empty,
    };
}
