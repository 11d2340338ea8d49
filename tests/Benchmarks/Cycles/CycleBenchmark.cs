using System.Diagnostics;
using System.Globalization;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Benchmarks.Cycles;

/// <summary>
/// How long a cycle takes on a full pool with a long queue: nodes of eight cards, jobs of several hundred kinds. Prints the cold
/// pass that fills the pool, the step in which one job ends and the next is placed, and the memory of a waiting job.
/// </summary>
/// <param name="devices">Cards of the pool.</param>
/// <param name="waiting">Jobs, array elements counted one by one.</param>
/// <param name="kinds">Different requests.</param>
/// <param name="elements">Of each array; 1: every job is a submission of its own.</param>
/// <param name="limited">Jobs have time limits of several lengths, and half of them ask for more cards: somebody is always promised a node.</param>
/// <param name="parts">Two jobs of three ask for a part of a card.</param>
/// <param name="output">Where the figures go.</param>
/// <param name="users">Whose jobs they are, in turn; each has few of the kinds, and arguments of its own in every job.</param>
internal sealed class CycleBenchmark(int devices, int waiting, int kinds, int elements, bool limited, TextWriter output, int users = 1, bool parts = false)
{
    private const int CardsPerNode = 8;

    private readonly int _ends = Math.Min(2_000, waiting / 4);
    private readonly PoolConfig _config = new();
    private readonly DateTimeOffset _now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The pools that the project's targets speak of.</summary>
    public static int RunAll(TextWriter output)
    {
        foreach (var (devices, waiting) in new[] { (100, 1_000), (1_000, 100_000), (10_000, 1_000_000) })
            new CycleBenchmark(devices, waiting, kinds: 300, elements: 1, limited: false, output).Run();
        new CycleBenchmark(10_000, 1_000_000, kinds: 100, elements: 10_000, limited: false, output).Run();
        new CycleBenchmark(10_000, 1_000_000, kinds: 300, elements: 1, limited: true, output).Run();
        new CycleBenchmark(10_000, 1_000_000, kinds: 300, elements: 1, limited: false, output, users: 500).Run();
        new CycleBenchmark(10_000, 1_000_000, kinds: 300, elements: 1, limited: true, output, users: 500).Run();
        new CycleBenchmark(10_000, 1_000_000, kinds: 300, elements: 1, limited: false, output, parts: true).Run();
        return 0;
    }

    public void Run()
    {
        var engine = new PoolEngine(_config);
        var state = PoolState.Load(_config, new StoredPool(1, 1, [], [], [], []), _now);

        var before = Settled();
        var submitted = Time(() => Submit(engine, state));
        var perJob = (Settled() - before) / (double)waiting;
        StepResult? filled = null;
        var cold = Time(() => filled = engine.Step(state, [.. Enumerable.Range(0, devices / CardsPerNode).Select(Join)], _now));
        var running = filled!.Effects.OfType<PoolEffect.Dispatch>().Select(dispatch => dispatch.Order.Attempt).ToList();

        Print(FormattableString.Invariant($"{devices,7} devices {waiting,9} waiting {kinds,4} kinds, arrays of {elements,5}{(limited ? ", time limits" : "")}{(parts ? ", parts of cards" : "")}{(users > 1 ? $", {users} users" : "")}: submit {waiting / submitted.TotalSeconds,9:0}/s, {perJob,4:0} B a job,"));
        Print(FormattableString.Invariant($" cold pass {cold.TotalMilliseconds,6:0} ms for {running.Count} jobs, one ends and the next is placed: {EndOneByOne(engine, state, running)}\n"));
    }

    private string EndOneByOne(PoolEngine engine, PoolState state, List<AttemptId> running)
    {
        var times = new List<double>(_ends);
        var random = new Random(1);
        for (var i = 0; i < _ends; i++)
        {
            var at = random.Next(running.Count);
            var job = state.FindJob(running[at].Job)!;
            var ended = new PoolInput.Reported(job.Attempt!.Allocation.Head.Node, 1 + i, running[at], _now, new AttemptEvent.Ended(EndCause.Exited, 0, null, ""));
            StepResult? result = null;
            times.Add(Time(() => result = engine.Step(state, [ended], _now)).TotalMilliseconds);
            running.RemoveAt(at);
            running.AddRange(result!.Effects.OfType<PoolEffect.Dispatch>().Select(dispatch => dispatch.Order.Attempt));
        }

        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"median {times[_ends / 2]:0.000} ms, p99 {times[_ends * 99 / 100]:0.000} ms, most {times[^1]:0.000} ms");
    }

    private void Submit(PoolEngine engine, PoolState state)
    {
        const int batch = 10_000;
        var submissions = waiting / elements;
        for (var from = 0; from < submissions; from += batch)
        {
            var jobs = Enumerable.Range(from, Math.Min(batch, submissions - from)).Select(i => new JobSubmission(Draft(i), ""));
            engine.Step(state, [new PoolInput.Submit([.. jobs])], _now);
        }
    }

    /// <summary>Kinds differ in tier, cards, cores and checkpoints; their jobs come in turn.</summary>
    private JobDraft Draft(int i)
    {
        var user = i % users;
        // A user has a habit of six kinds; all users together have all of them.
        var kind = users == 1 ? i % kinds : ((user * 6) + (i / users % 6)) % kinds;
        return new JobDraft
        {
            User = users == 1 ? "ann" : $"user-{user:000}",
            Project = user % 3 == 0 ? $"project-{user / 30}" : "",
            Command = users == 1 ? ["true"] : ["python3", "train.py", "--seed", $"{i}"],
            Tier = kind % 2 == 0 ? "training" : "validation",
            TimeLimit = limited ? $"{30 << (kind / 7 % 6)}m" : "",
            Gpus = limited && kind % 4 == 0 ? "4" : (kind % 3) switch { 0 => "1", 1 => "2", _ => "A100,RTX4090,RTX6000ADA:1" },
            GpuShare = parts && kind % 3 != 1 ? $"{100 * (1 + (kind % 9))}m" : "",
            Cpus = parts ? 1 : 1 + (kind / 6 % 4),
            Memory = $"{1 + (kind / 24)}GiB",
            Checkpoint = new CheckpointSpec(kind % 5 == 0, "", ""),
            Priority = i % 7,
            Array = elements == 1 ? "" : $"0-{elements - 1}",
        };
    }

    private static PoolInput.NodeJoined Join(int node)
    {
        var (model, gib) = (node % 3) switch
        {
            0 => ("NVIDIA A100-SXM4-80GB", 80L),
            1 => ("NVIDIA GeForce RTX 4090", 24L),
            _ => ("NVIDIA RTX 6000 Ada Generation", 48L),
        };
        var cards = Enumerable.Range(0, CardsPerNode).Select(card => new AnnouncedDevice($"GPU-{node}-{card}", model, gib * 1024, null));
        return new PoolInput.NodeJoined(new NodeId($"node-{node:00000}"), "s", "b", "1", new NodeInventory(64, 512 * 1024, 4, [.. cards]), []);
    }

    private static TimeSpan Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private void Print(string text) => output.Write(text);
}
