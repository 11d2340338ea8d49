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

    /// <summary>In the order of submission; of those that are there from the beginning, what runs before what waits.</summary>
    public IReadOnlyList<SimulatedJob> Order(IReadOnlyList<StoredJob> jobs)
    {
        var ordered = jobs.OrderBy(job => Arrival(job.Job)).ThenBy(job => job.Job.State.HoldsAllocation() ? 0 : 1).ThenBy(job => job.Job.Id).ToList();
        // The replay numbers jobs from 1 in the order of their submission.
        var numbers = ordered.Select((job, index) => (job.Job.Id, Number: index + 1L)).ToLookup(job => job.Id.Number, job => (job.Id, job.Number));
        return [.. ordered.Select(job => Replayed(job, numbers))];
    }

    private SimulatedJob Replayed(StoredJob job, ILookup<long, (JobId Id, long Number)> numbers)
    {
        var spec = job.Job.Spec;
        var guess = job.Job.State.IsEnded() ? new Guess(RunTimes.WorkedSeconds(job)!.Value * speeds.Where(job), SpeedsDiffer: true) : times.Guess(spec);
        var (work, limit) = Left(job, guess);
        return new($"{file}: job {job.Job.Id}", Arrival(job.Job), work, Draft(job.Job, limit, numbers))
        {
            Id = job.Job.Id.ToString(),
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
        return wish.Period == Period.Now
            ? (Math.Max(0.001, whole - done), limit is { } most ? Longer(most - TimeSpan.FromSeconds(ran)) : null)
            : (Math.Max(0.001, whole), limit);
    }

    /// <summary>Time limits are told in minutes, of at least one.</summary>
    private static TimeSpan Longer(TimeSpan limit) => limit < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : limit;

    private JobDraft Draft(Job job, TimeSpan? limit, ILookup<long, (JobId Id, long Number)> numbers) => job.Spec.Draft with
    {
        Name = job.Spec.Name,
        Tier = job.Spec.Tier,
        TimeLimit = limit is { } most ? TimeLimits.Format(most) : "",
        Deadline = job.Spec.Deadline is { } due && due > start.AddSeconds(Arrival(job)).AddMinutes(1) ? due.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null) : "",
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
    private static string Dependency(DependencySpec? wanted, ILookup<long, (JobId Id, long Number)> numbers)
    {
        if (wanted is null)
            return "";

        var terms = wanted.Terms.SelectMany(term => numbers[term.Job.Number]
            .Where(job => !term.Job.IsElement || job.Id == term.Job)
            .Select(job => new DependencyTerm(term.Kind, new(job.Number)))).Take(DependencyExpression.MaxTerms);
        return DependencyExpression.Format(new([.. terms], wanted.AnyOf));
    }

    /// <summary>s between the last checkpoints.</summary>
    private static double Every(IReadOnlyList<Checkpoint> known) => known.Count < 2
        ? UsualCheckpoint
        : Math.Max(1, (known[^1].Time - known[0].Time).TotalSeconds / (known.Count - 1));

    /// <summary>Who was cancelled has used its cards as if its work were done.</summary>
    private static int ExitCode(Job job) => job.State is JobState.Failed or JobState.OutOfMemory && job.ExitCode is > 0 and <= 255 and { } code ? code : 0;
}
