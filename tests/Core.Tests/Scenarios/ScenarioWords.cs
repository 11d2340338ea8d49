using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Scenarios;

/// <summary>Reads the nouns of a scenario: machines, jobs, spans of time.</summary>
internal static class ScenarioWords
{
    private static readonly Dictionary<string, (string Model, int Gib)> Models = new(StringComparer.Ordinal)
    {
        ["A100"] = (Testing.Pools.Machine.A100, 80),
        ["A100-40"] = ("NVIDIA A100-SXM4-40GB", 40),
        ["A10"] = ("NVIDIA A10", 24),
        ["H100"] = ("NVIDIA H100 80GB HBM3", 80),
        ["T4"] = ("Tesla T4", 16),
        ["RTX6000ADA"] = (Testing.Pools.Machine.Rtx6000Ada, 48),
        ["RTX4090"] = (Testing.Pools.Machine.Rtx4090, 24),
        ["RTX3080"] = (Testing.Pools.Machine.Rtx3080, 10),
    };

    /// <summary><c>lab: 4 A100, 1 RTX4090, 32 cores, 4 reserved, 128 GiB</c>.</summary>
    public static Machine Machine(string text)
    {
        var colon = text.IndexOf(':');
        var machine = new Machine(text[..colon].Trim());
        foreach (var part in text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ');
            machine = words[0] switch
            {
                "rack" => machine with { Rack = words[1] },
                "linked" => machine.Linked(int.Parse(words[1], CultureInfo.InvariantCulture)),
                _ => With(machine, int.Parse(words[0], CultureInfo.InvariantCulture), words[1]),
            };
        }

        return machine;
    }

    /// <summary>The flags of <c>gpusched submit</c>; a job named in a dependency is meant by its name in the scenario.</summary>
    public static JobDraft Draft(string flags, Func<string, string> idOf)
    {
        var draft = Drafts.Job();
        var words = new Queue<string>(flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        while (words.TryDequeue(out var flag)) draft = With(draft, flag, words, idOf);
        return draft;
    }

    /// <summary><c>30s</c>, <c>10min</c>, <c>2h</c>.</summary>
    public static TimeSpan Span(string text)
    {
        var number = int.Parse(text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]), CultureInfo.InvariantCulture);
        return text.TrimStart([.. "0123456789"]) switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "min" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => throw new FormatException($"no span of time: {text}"),
        };
    }

    private static Machine With(Machine machine, int count, string what) => what switch
    {
        "cores" => machine with { Cores = count },
        "reserved" => machine with { ReservedCores = count },
        "watts" => machine with { Power = new NodePower(count, null, 0) },
        "GiB" => machine with { MemoryMib = count * 1024L },
        "driver" => machine.Knowing(facts => facts with { Driver = $"{count}" }),
        _ when what.Split('/') is [var model, var profile] => machine.WithSlices(
            count, Models[model].Model, profile, int.Parse(profile[(profile.IndexOf('.') + 1)..^2], CultureInfo.InvariantCulture)),
        _ => machine.With(count, Models[what].Model, Models[what].Gib),
    };

    private static JobDraft With(JobDraft draft, string flag, Queue<string> words, Func<string, string> idOf) => flag switch
    {
        "--tier" => draft with { Tier = words.Dequeue() },
        "--gpus" => draft with { Gpus = words.Dequeue() },
        "--gpus-per-node" => draft with { Gpus = words.Dequeue(), GpusPerNode = true },
        "--nodes" => draft with { NodeCount = int.Parse(words.Dequeue(), CultureInfo.InvariantCulture) },
        "--mixed" => draft with { MixedCards = true },
        "--nvlink" => draft with { NvLink = true },
        "--name" => draft with { Name = words.Dequeue() },
        "--cpus" => draft with { Cpus = int.Parse(words.Dequeue(), CultureInfo.InvariantCulture) },
        "--mem" => draft with { Memory = words.Dequeue() },
        "--priority" => draft with { Priority = int.Parse(words.Dequeue(), CultureInfo.InvariantCulture) },
        "--retries" => draft with { Retries = int.Parse(words.Dequeue(), CultureInfo.InvariantCulture) },
        "--time" => draft with { TimeLimit = words.Dequeue() },
        "--deadline" => draft with { Deadline = words.Dequeue() },
        "--user" => draft with { User = words.Dequeue() },
        "--account" => draft with { Project = words.Dequeue() },
        "--grace" => draft with { Grace = Span(words.Dequeue()) },
        "--array" => draft with { Array = words.Dequeue() },
        "--nodelist" => draft with { NodeList = words.Dequeue() },
        "--exclude" => draft with { Exclude = words.Dequeue() },
        "--checkpoint" => draft.Checkpointed(),
        "--no-requeue" => draft with { NoRequeue = true },
        "--precision" => draft with { Precision = words.Dequeue() },
        "--min-driver" => draft with { MinDriver = words.Dequeue() },
        "--mem-per-gpu" => draft with { Memory = "", MemoryPerGpu = words.Dequeue() },
        "--gpu-share" => draft with { GpuShare = words.Dequeue() },
        "--gpu-mem" => draft with { GpuMemory = words.Dequeue() },
        "--same-card" => draft with { SameCard = true },
        "--exclusive" => draft with { Exclusive = true },
        "--hold" => draft with { Hold = true },
        "--dependency" => draft with { Dependency = Dependency(words.Dequeue(), idOf) },
        _ => throw new FormatException($"no such flag: {flag}"),
    };

    private static string Dependency(string text, Func<string, string> idOf)
    {
        var colon = text.IndexOf(':');
        return $"{text[..colon]}:{idOf(text[(colon + 1)..])}";
    }
}
