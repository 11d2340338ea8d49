using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Engine.Explaining;
using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Core.Quotas;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Takes submissions, all or none; a repeated idempotency key gets the first one's answer.</summary>
internal sealed class Submitting(Admitter admitter, PoolConfig rules, DeviceCatalog catalog)
{
    private readonly StopNotices _notices = new(rules, catalog);

    public PoolReply Take(Turn turn, PoolInput.Submit submit)
    {
        var faults = new List<Fault>();
        JobSpec?[] specs;
        try
        {
            specs = Read(turn, submit, faults);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Reading changes nothing: a bug in it is this caller's alone.
            return new PoolReply.Broken(failure);
        }

        if (turn.State.NextJobNumber - 1 > Limits.StoreNumber - specs.Length)
            faults.Add(new Fault(
                "jobs", specs.Length == 1 ? "1 job" : $"{specs.Length} jobs",
                $"no more than there are numbers for: this store has given out job number {turn.State.NextJobNumber - 1}, and "
                    + $"{Limits.StoreNumber} is the last. Start the scheduler with a new --data"));
        if (specs.Length == 0) faults.Add(new Fault("jobs", "", "at least one job"));
        if (faults.Count > 0) return new PoolReply.Rejected(faults);
        return new PoolReply.Submitted([.. submit.Jobs.Select((job, i) => Admit(turn, job, specs[i]))]);
    }

    private JobSpec?[] Read(Turn turn, PoolInput.Submit submit, List<Fault> faults)
    {
        var specs = new JobSpec?[submit.Jobs.Count];
        var before = new Dictionary<Tally, int>();
        var loads = new LoadCheck(turn.State.Accounting.Loads);
        var models = turn.State.Map.Kinds.Select(kind => kind.Model).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < specs.Length; i++)
        {
            if (turn.State.Keys.Find(submit.Jobs[i].IdempotencyKey) is null)
                specs[i] = Read(turn, submit.Jobs[i], specs.Length > 1 ? $"jobs[{i}]." : "", models, before, loads, faults);
        }

        TooMany(specs, faults);
        return specs;
    }

    private void TooMany(JobSpec?[] specs, List<Fault> faults)
    {
        var most = Math.Max(Limits.ElementsPerCall, rules.Defaults.MaxArraySize);
        var all = specs.Sum(spec => (long)(spec?.Array?.Indexes.Count ?? 1));
        if (all > most) faults.Add(new Fault("jobs", $"{all} jobs", $"at most {most} in one call, with all elements of arrays"));
    }

    private JobSpec? Read(
        Turn turn, JobSubmission submission, string field, HashSet<string> models, Dictionary<Tally, int> before, LoadCheck loads,
        List<Fault> faults)
    {
        var deadline = Deadline(submission, field, turn.Now, faults);
        switch (admitter.Admit(submission.Draft, field, models))
        {
            case AdmissionResult.Refused refused:
                faults.AddRange(refused.Faults);
                return null;
            case AdmissionResult.Admitted admitted:
                var spec = admitted.Spec with
                {
                    Deadline = deadline,
                    Request = NodeWishes.Resolve(admitted.Spec.Request, turn.State.Nodes),
                    TextBytes = TextSize.Of(admitted.Spec.Draft),
                };
                if (loads.Add(spec, field) is { } tooMuch) faults.Add(tooMuch);
                if (spec.Dependency is not null) faults.AddRange(UnknownJobs(turn.State, spec.Dependency, field));
                if (TooLate(spec, field, turn.Now) is { } late) faults.Add(late);
                faults.AddRange(
                    QuotaCheck.Faults(
                        turn.State.Accounting.Quotas, spec, before, rules.TierOf(spec.Tier)!, catalog, field));
                return spec;
            default:
                throw new InvalidOperationException("an admission result that this version doesn't know");
        }
    }

    private static DateTimeOffset? Deadline(JobSubmission submission, string field, DateTimeOffset now, List<Fault> faults)
    {
        var text = submission.Draft.Deadline;
        if (text.Trim().Length == 0) return null;
        if (DeadlineTime.TryParse(text, $"{field}deadline", now, submission.Clock, out var time, out var fault)) return time;
        faults.Add(fault);
        return null;
    }

    private static Fault? TooLate(JobSpec spec, string field, DateTimeOffset now)
    {
        if (!(Ranking.LatestStart(spec) < now)) return null;
        var (limit, deadline) = (Words.Span(spec.TimeLimit!.Value), Words.Time(spec.Deadline!.Value));
        return new Fault(
            $"{field}deadline", spec.Draft.Deadline, $"a time after the time limit of {limit} has passed: it could not end by {deadline}");
    }

    private static IEnumerable<Fault> UnknownJobs(PoolState state, DependencySpec dependency, string field) =>
        dependency.Terms
            .Where(term => state.Table.Expand(term.Job).Count == 0)
            .Select(term => new Fault(
                $"{field}dependency", $"{term.Job}", $"a job of this pool; no job has that number{UnknownJob.Note(state, term.Job)}"));

    private AdmittedJob Admit(Turn turn, JobSubmission submission, JobSpec? spec)
    {
        // Looked up again: a key may be repeated within one submission.
        if (turn.State.Keys.Find(submission.IdempotencyKey) is { } known)
            return new AdmittedJob(known.Number, known.Elements, known.Tier, known.TierDerivedFrom, [])
            {
                MayBeStopped = Notice(turn, known),
            };
        // A long script goes to the store with this change and is read back at dispatch: memory has its hash.
        var kept = KeptText.Of(spec!.Draft.Script);
        var script = kept is null ? null : spec.Draft.Script;
        if (kept is not null) spec = spec with { Draft = spec.Draft with { Script = "", KeptScript = kept } };
        var shared = Share(turn.State, Tied(spec, turn.State.NextJobNumber));
        var jobs = Make(turn, shared);
        turn.State.Keys.Add(new StoredKey(submission.IdempotencyKey, jobs[0].Id.Number, jobs.Count, shared.Tier, shared.TierDerivedFrom));
        turn.Added(new StoreChange.JobsAdded(jobs[0].Id.Number, shared, submission.IdempotencyKey, jobs) { Script = script });
        var warnings = Warnings(turn, shared, jobs[0]);
        turn.State.Map.Demand.Note(shared.Request, jobs.Count, turn.Now);
        foreach (var job in jobs) Queue(turn, job);
        return new AdmittedJob(jobs[0].Id.Number, jobs.Count, shared.Tier, shared.TierDerivedFrom, warnings)
        {
            Deadline = shared.Deadline, MayBeStopped = _notices.For(shared),
        };
    }

    /// <summary>The first answer's, while a job of it lives.</summary>
    private string Notice(Turn turn, StoredKey known)
    {
        var ids = turn.State.Table.Expand(new JobId(known.Number));
        return ids.Count > 0 && turn.State.FindJob(ids[^1]) is { } job ? _notices.For(job.Spec) : "";
    }

    /// <summary>Elements that must run on equal cards are no longer interchangeable with other jobs.</summary>
    private static JobSpec Tied(JobSpec spec, long number) =>
        spec.Draft.SameCard ? spec with { Request = spec.Request with { SameCardAs = number } } : spec;

    /// <summary>What is equal to what others said is kept once.</summary>
    private static JobSpec Share(PoolState state, JobSpec spec) => spec with
    {
        Request = state.Room.Ready.ClassOf(spec).Request,
        Draft = state.Words.Share(spec.Draft),
        Name = state.Words.Share(spec.Name),
    };

    private static List<Job> Make(Turn turn, JobSpec spec)
    {
        var number = turn.State.NextJobNumber++;
        var indexes = spec.Array?.Indexes ?? [JobId.NoIndex];
        var jobs = new List<Job>(indexes.Count);
        foreach (var index in indexes) jobs.Add(new Job(new JobId(number, index), spec, turn.Now));
        foreach (var job in jobs) turn.State.Table.Add(job);
        return jobs;
    }

    private IReadOnlyList<string> Warnings(Turn turn, JobSpec spec, Job first)
    {
        var (status, text) = Queueing.Dependencies.Of(spec.Dependency, turn.State.Table);
        var never = status == Queueing.DependencyStatus.Never ? $"{text}: job {first.Id.Number} is cancelled" : null;
        var hours = HoursWarning.For(turn.State, spec, rules.TierOf(spec.Tier)!, turn.Now);
        var warnings = admitter.Warnings(spec, turn.State.Nodes);
        return hours is null && never is null ? warnings : [.. warnings, .. new[] { hours, never }.OfType<string>()];
    }

    private static void Queue(Turn turn, Job job)
    {
        if (Dependents.CancelIfNever(turn, job)) return;
        if (job.Spec.Draft.Hold) Holding.Mark(job, job.Spec.User);
        turn.State.Room.Seat(job, turn.Now);
    }
}
