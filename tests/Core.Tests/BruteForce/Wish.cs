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
    private static readonly string[] Users = ["ann", "bob", "eve"];

    public string User { get; init; } = "ann";

    /// <summary>Thousandths of one card; 1000: whole cards.</summary>
    public int Milli { get; init; } = DeviceShare.Whole;

    /// <summary>Of that card's memory; 0: as much of it as of the card.</summary>
    public int PartGib { get; init; }

    /// <summary>MIG slices of this profile; null: no slices.</summary>
    public string? Mig { get; init; }

    /// <summary>Time limit; null: none.</summary>
    public int? Hours { get; init; }

    public bool IsPart => Milli < DeviceShare.Whole;

    public static Wish Random(Random random)
    {
        var wish = Any(random);
        while (!Limits.MayAsk(wish)) wish = Any(random);
        return wish;
    }

    private static Wish Any(Random random)
    {
        var wish = Plain(random) with { User = Users[random.Next(Users.Length)], Hours = random.Next(3) == 0 ? null : random.Next(1, 6) };
        if (wish is not { Cards: > 0, Nodes: 1 }) return wish;
        return random.Next(5) switch
        {
            0 => wish with { Mig = "1g.10gb", Model = null, LeastGib = 0, Tier = "training" },
            < 3 => wish with { Cards = 1, Milli = 50 * random.Next(1, 20), PartGib = random.Next(3) == 0 ? random.Next(1, 30) : 0 },
            _ => wish,
        };
    }

    public JobDraft ToDraft() => Drafts.Job(Gpus, Tier, cpus: Cores, memory: $"{MemoryGib}GiB") with
    {
        User = User,
        NodeCount = Nodes,
        GpusPerNode = Cards > 0,
        GpuShare = IsPart ? $"{Milli}m" : "",
        GpuMemory = PartGib > 0 ? $"{PartGib}GiB" : "",
        TimeLimit = Hours is { } hours ? $"{hours}h" : "",
        Grace = TimeSpan.Zero,
    };

    private static Wish Plain(Random random)
    {
        if (random.Next(5) == 0) return new Wish("preprocessing", null, 0, 0, random.Next(1, 9), random.Next(1, 9), 1);
        var tier = random.Next(2) == 0 ? "training" : "validation";
        var least = random.Next(3) == 0 ? random.Next(1, 60) : 0;
        var model = Models[random.Next(Models.Length)];
        return new Wish(tier, model, random.Next(1, 4), least, random.Next(1, 6), random.Next(1, 9), random.Next(3) == 0 ? 2 : 1);
    }

    private string Gpus => Cards == 0 ? "" : $"{Mig ?? Model ?? "any"}{(LeastGib > 0 ? $":{LeastGib * 1024}MiB.." : "")}:{Cards}";
}
