using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>An attempt at work. Progress is a straight line from the end of its restart.</summary>
/// <param name="resumed">s of the job's work that its checkpoint holds.</param>
/// <param name="granted">s.</param>
internal sealed class SimulatedAttempt(AttemptId id, SimulatedJob job, double resumed, double granted, double restart, TimeSpan? limit)
{
    public const double StepsPerSecond = 1000;

    public AttemptId Id => id;

    public SimulatedJob Job => job;

    public double Granted => granted;

    public double Restart => restart;

    public double Resumed { get; } = resumed;

    /// <summary>What it holds, rank by rank as the orders come in.</summary>
    public List<NodeShare> Shares { get; } = [];

    /// <summary>The slowest of its cards sets the pace.</summary>
    public double Speed { get; set; } = double.PositiveInfinity;

    /// <summary>s of work that its newest checkpoint holds.</summary>
    public double Saved { get; private set; } = resumed;

    public bool Ended { get; set; }

    /// <summary>Nodes that broke under it: their ranks are gone, the others wait for them until they are told to stop.</summary>
    public HashSet<NodeId> DiedOn { get; } = [];

    public bool Works => !Ended && DiedOn.Count == 0;

    public bool LivesOn(NodeId node) => !DiedOn.Contains(node) && Shares.Any(share => share.Node == node);

    public double EndsAt => granted + restart + ((job.Work - Resumed) / Speed);

    /// <summary>When its time limit stops it.</summary>
    public double MustEndAt => limit is { } most ? granted + most.TotalSeconds : double.PositiveInfinity;

    public double NextSave(double now) => job.CheckpointEvery is { } every ? now + every : double.PositiveInfinity;

    public double WorkAt(double now) => Math.Min(job.Work, Resumed + (Math.Max(0, now - granted - restart) * Speed));

    public Checkpoint Save(double now, DateTimeOffset time)
    {
        Saved = WorkAt(now);
        return new((long)(Saved * StepsPerSecond), $"{Saved:f3}", 1, "", time);
    }

    public static double WorkIn(IReadOnlyList<Checkpoint> checkpoints) =>
        checkpoints.Count == 0 ? 0 : checkpoints[^1].Step / StepsPerSecond;

    public IReadOnlyList<PoolInput> Report(IReadOnlyDictionary<NodeId, SimulatedNode> nodes, DateTimeOffset time, AttemptEvent happened) =>
        [.. Shares.Where(share => LivesOn(share.Node)).Select(share => nodes[share.Node]).Where(node => node.Up).Select(
            node => node.Report(id, time, happened))];
}
