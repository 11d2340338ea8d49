using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.BruteForce;

/// <summary>What a job wants, in the checker's own terms; the engine is told the same in a user's words.</summary>
/// <param name="Tier">Tier.</param>
/// <param name="Model">Null: any.</param>
/// <param name="Cards">On each node; 0: none.</param>
/// <param name="LeastGib">On each card.</param>
/// <param name="Cores">On each node.</param>
/// <param name="MemoryGib">On each node.</param>
/// <param name="Nodes">All or none.</param>
internal sealed record Wish(string Tier, string? Model, int Cards, int LeastGib, int Cores, int MemoryGib, int Nodes)
{
    private static readonly string?[] Models = [null, null, "A100", "RTX4090", "RTX3080"];

    public static Wish Random(Random random)
    {
        if (random.Next(5) == 0) return new Wish("preprocessing", null, 0, 0, random.Next(1, 9), random.Next(1, 9), 1);
        var tier = random.Next(2) == 0 ? "training" : "validation";
        var least = random.Next(3) == 0 ? random.Next(1, 60) : 0;
        return new Wish(tier, Models[random.Next(Models.Length)], random.Next(1, 4), least, random.Next(1, 6), random.Next(1, 9), random.Next(4) == 0 ? 2 : 1);
    }

    public JobDraft ToDraft() => Drafts.Job(Gpus, Tier, cpus: Cores, memory: $"{MemoryGib}GiB") with { NodeCount = Nodes, GpusPerNode = Cards > 0 };

    private string Gpus => Cards == 0 ? "" : $"{Model ?? "any"}{(LeastGib > 0 ? $":{LeastGib * 1024}MiB.." : "")}:{Cards}";
}
