using System.Collections.Immutable;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Storage.Sqlite;

namespace GpuScheduler.Simulation.History;

/// <summary>Turns a store's jobs into work for a replay: what they asked for, and what is known or guessed of how long they run.</summary>
internal sealed class RecordedJobs
{
    private const double UsualCheckpoint = 600;

    private readonly ReplayWish wish;
    private readonly DateTimeOffset start;
    private readonly string file;
    private readonly CatalogSpeeds speeds;
    private readonly RunTimes times;

    /// <param name="start">The date at 0 s.</param>
    /// <param name="file">For messages.</param>
    public RecordedJobs(StoredHistory history, ReplayWish wish, DateTimeOffset start, string file)
    {
        (this.wish, this.start, this.file) = (wish, start, file);
        speeds = new(wish.SpeedsDiffer, history.Nodes);
        times = new(history.Jobs, speeds);
    }

    /// <summary>In the order of submission.</summary>
    public IReadOnlyList<SimulatedJob> Order(IReadOnlyList<StoredJob> jobs)
    {
        var ordered = jobs.OrderBy(job => Arrival(job.Job)).ThenBy(job => job.Job.Id).ToList();
        var numbers = Numbers(ordered).ToLookup(job => job.Id.Number);
        return [.. ordered.Select(job => Replayed(job, numbers))];
    }

    /// <summary>The replay numbers submissions from 1 in their order; elements that are bound to one another are one.</summary>
    private static IEnumerable<(JobId Id, JobId Replayed)> Numbers(IEnumerable<StoredJob> ordered)
    {
        var (next, arrays) = (1L, new Dictionary<long, long>());
        foreach (var job in ordered)
        {
            if (Element(job.Job) is null)
                yield return (job.Job.Id, new(next++));
            else if (arrays.TryGetValue(job.Job.Id.Number, out var known) || arrays.TryAdd(job.Job.Id.Number, known = next++))
                yield return (job.Job.Id, new(known, job.Job.Id.Index));
        }
    }

    /// <summary>Null: nothing binds it to other elements of its array.</summary>
    private static ArrayElement? Element(Job job) => job.Id.IsElement && (job.Spec.Array?.MaxRunning is not null || job.Spec.Draft.SameCard)
        ? new(job.Id.Number, job.Id.Index, job.Spec.Array?.MaxRunning, job.Spec.Draft.SameCard)
        : null;

    private SimulatedJob Replayed(StoredJob job, ILookup<long, (JobId Id, JobId Replayed)> numbers)
    {
        var spec = job.Job.Spec;
        var guess = job.Job.State.IsEnded()
            ? new Guess(RunTimes.WorkedSeconds(job)!.Value * speeds.Where(job), SpeedsDiffer: true)
            : times.Guess(spec);
        var (work, limit) = Left(job, guess);
        return new($"{file}: job {job.Job.Id}", Arrival(job.Job), work, Draft(job.Job, limit, numbers))
        {
            Id = job.Job.Id.ToString(),
            Guessed = guess.Basis,
            Element = Element(job.Job),
            Runs = job.Job.State.HoldsAllocation() && job.Job.SubmitTime <= start,
            CheckpointEvery = spec.Draft.Checkpoint.Enabled ? Every(job.Job.Checkpoints) : null,
            ExitCode = ExitCode(job.Job),
            Speeds = guess.SpeedsDiffer ? speeds.Of(spec) : CatalogSpeeds.Equal,
        };
    }

    private double Arrival(Job job) => Math.Max(0, (job.SubmitTime - start).TotalSeconds);

    /// <returns>s on a card of speed 1, and what its time limit leaves it; null: no limit.</returns>
    private (double Seconds, TimeSpan? Limit) Left(StoredJob job, Guess guess)
    {
        var limit = job.Job.Spec.TimeLimit;
        if (!job.Job.State.HoldsAllocation() || job.Attempts is not [.., { StartTime: { } began }])
            return (guess.Seconds, limit);

        // Who has outrun all others will run for as long again: nothing better is known.
        var ran = Math.Max(0, (wish.Now - began).TotalSeconds);
        var done = ran * (guess.SpeedsDiffer ? speeds.Where(job) : 1);
        var whole = guess.Seconds > done ? guess.Seconds : 2 * done;
        // An array has one limit for all its elements, whenever they began.
        if (wish.Period == Period.Now && Element(job.Job) is not null)
            return (
                Math.Max(0.001, Math.Min(whole - done, (limit - TimeSpan.FromSeconds(ran))?.TotalSeconds ?? double.PositiveInfinity)),
                limit);

        return wish.Period == Period.Now
            ? (Math.Max(0.001, whole - done), limit is { } most ? Longer(most - TimeSpan.FromSeconds(ran)) : null)
            : (Math.Max(0.001, whole), limit);
    }

    /// <summary>Time limits are told in minutes, of at least one.</summary>
    private static TimeSpan Longer(TimeSpan limit) => limit < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : limit;

    private JobDraft Draft(Job job, TimeSpan? limit, ILookup<long, (JobId Id, JobId Replayed)> numbers) => job.Spec.Draft with
    {
        Name = job.Spec.Name,
        Tier = job.Spec.Tier,
        TimeLimit = limit is { } most ? TimeLimits.Format(most) : "",
        Deadline = job.Spec.Deadline is { } due && due > start.AddSeconds(Arrival(job)).AddMinutes(1)
            ? due.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null)
            : "",
        Dependency = Dependency(job.Spec.Dependency, numbers),
        UtcOffsetMinutes = 0,
        Checkpoint = new(job.Spec.Draft.Checkpoint.Enabled, "", ""),
        Command = ["simulated"],
        Script = "",
        Environment = ImmutableDictionary<string, string>.Empty,
        WorkingDirectory = "",
        Output = "",
        Error = "",
        Array = "",
        SameCard = false,
        Hold = false,
    };

    /// <summary>On those that are replayed, too; the others have ended.</summary>
    private static string Dependency(DependencySpec? wanted, ILookup<long, (JobId Id, JobId Replayed)> numbers)
    {
        if (wanted is null)
            return "";

        var terms = wanted.Terms.SelectMany(term => numbers[term.Job.Number]
            .Where(job => !term.Job.IsElement || job.Id == term.Job)
            .Select(job => new DependencyTerm(term.Kind, job.Replayed))).Take(DependencyExpression.MaxTerms);
        return DependencyExpression.Format(new([.. terms], wanted.AnyOf));
    }

    /// <summary>s between the last checkpoints.</summary>
    private static double Every(IReadOnlyList<Checkpoint> known) => known.Count < 2
        ? UsualCheckpoint
        : Math.Max(1, (known[^1].Time - known[0].Time).TotalSeconds / (known.Count - 1));

    /// <summary>Who was cancelled has used its cards as if its work were done.</summary>
    private static int ExitCode(Job job) =>
        job.State is JobState.Failed or JobState.OutOfMemory && job.ExitCode is > 0 and <= 255 and { } code ? code : 0;
}
