using System.Diagnostics.Metrics;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Observability;

/// <summary>What a pool's cycles measure.</summary>
public sealed class PoolInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GpuScheduler.Pool";

    private readonly TimeProvider _clock;
    private readonly Histogram<double> _cycles;
    private readonly Counter<long> _inputs;
    private readonly Counter<long> _commits;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _poisons;
    private readonly Counter<long> _ended;
    private readonly HashSet<string> _tiers = new(StringComparer.Ordinal);
    private long _lastBeat;

    public PoolInstruments(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _lastBeat = clock.GetTimestamp();
        var meter = meters.Create(MeterName);
        _cycles = meter.CreateHistogram(
            "gpusched.pool.cycle.duration", "s", "From taking the calls to publishing the changes.", advice: CycleBuckets);
        _inputs = meter.CreateCounter<long>("gpusched.pool.inputs", "{input}", "Calls and reports taken into cycles.");
        _commits = meter.CreateCounter<long>("gpusched.pool.commits", "{commit}", "Transactions written.");
        _failures = meter.CreateCounter<long>("gpusched.pool.failed_cycles", "{cycle}", "Cycles whose callers were refused, by cause.");
        _poisons = meter.CreateCounter<long>(
            "gpusched.pool.failed_inputs", "{input}", "Inputs that the engine could not take: bugs, each with its details in the log.");
        _ended = meter.CreateCounter<long>("gpusched.jobs.ended", "{job}", "Jobs that ended, by tier and state.");
        meter.CreateObservableGauge(
            "gpusched.pool.beat_age", BeatAge, "s", "Since the pool last proved that its turns run; it does so each second.");
        StartAtZero();
    }

    private static InstrumentAdvice<double> CycleBuckets { get; } = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    /// <summary>A cycle is done.</summary>
    public void OnCycle(TimeSpan duration, int inputs, bool committed)
    {
        _cycles.Record(duration.TotalSeconds);
        _inputs.Add(inputs);
        if (committed) _commits.Add(1);
    }

    /// <summary>A cycle failed.</summary>
    /// <param name="cause"><c>store</c> or <c>engine</c>.</param>
    public void OnFailedCycle(string cause) => _failures.Add(1, new KeyValuePair<string, object?>("cause", cause));

    /// <summary>An input was found that always fails.</summary>
    public void OnPoison() => _poisons.Add(1);

    /// <summary>Tiers are in force: each has a count for every end, from 0 on.</summary>
    public void OnTiers(IEnumerable<string> tiers)
    {
        foreach (var tier in tiers.Where(_tiers.Add))
        {
            foreach (var state in Enum.GetValues<JobState>().Where(state => state.IsEnded())) AddEnded(0, tier, state);
        }
    }

    /// <summary>Jobs changed; those that ended are counted.</summary>
    public void OnChanged(IReadOnlyList<Job> jobs)
    {
        foreach (var job in jobs)
        {
            if (job.State.IsEnded()) AddEnded(1, job.Spec.Tier, job.State);
        }
    }

    private void AddEnded(int count, string tier, JobState state) => _ended.Add(
        count, new KeyValuePair<string, object?>("state", NameOf(state)), new KeyValuePair<string, object?>("tier", tier));

    /// <summary>The pool's turns run.</summary>
    public void OnBeat(long timestamp) => Interlocked.Exchange(ref _lastBeat, timestamp);

    /// <summary>A rate over a counter that appears with its first failure would not show that failure.</summary>
    private void StartAtZero()
    {
        foreach (var counter in new[] { _inputs, _commits, _poisons }) counter.Add(0);
        foreach (var cause in new[] { "store", "engine" }) _failures.Add(0, new KeyValuePair<string, object?>("cause", cause));
    }

    private static string NameOf(JobState state) => state switch
    {
        JobState.Completed => "completed",
        JobState.Failed => "failed",
        JobState.Timeout => "timeout",
        JobState.OutOfMemory => "out_of_memory",
        JobState.NodeFail => "node_fail",
        JobState.Preempted => "preempted",
        JobState.Cancelled => "cancelled",
        JobState.Deadline => "deadline",
        JobState.Pending or JobState.Configuring or JobState.Running or JobState.Checkpointing or JobState.Completing
            or JobState.RequeueHold => throw new InvalidOperationException($"{state} is no end."),
    };

    private double BeatAge() => _clock.GetElapsedTime(Interlocked.Read(ref _lastBeat)).TotalSeconds;
}
