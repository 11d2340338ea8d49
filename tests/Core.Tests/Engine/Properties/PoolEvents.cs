using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Everything that can happen to a pool, chosen by bytes.</summary>
internal sealed class PoolEvents(RandomPool pool)
{
    private static readonly string[] Users = ["ann", "bob", "eve"];
    private static readonly int[] ExitCodes = [0, 0, 0, 1, 2, 85, 137];
    private readonly List<PoolInput.Reported> _sent = [];

    public void Happen(byte what, byte a, byte b)
    {
        switch (what % 25)
        {
            case 0 or 1: Submit(Drafts.Training($"{1 + (a % 2)}") with { Priority = b % 3 }, b); break;
            case 2: Submit(Drafts.Validation($"{1 + (a % 2)}"), b); break;
            case 3: Submit(Drafts.Job(cpus: 1 + (a % 4), memory: $"{1 + (b % 4)}GiB"), b); break;
            case 4: Submit(Drafts.Training() with { Array = $"0-{a % 4}%{1 + (b % 2)}" }, b); break;
            case 5: SubmitDependent(a, b); break;
            case 6: Pass(TimeSpan.FromSeconds(1 + a)); break;
            case 7: Pass(TimeSpan.FromMinutes(1 + (a % 12))); break;
            case 8 or 9: Start(a, b); break;
            case 10: Save(a, b); break;
            case 11 or 12: Exit(a, b); break;
            case 13: Toggle(pool.Workers[a % pool.Workers.Count], b); break;
            case 14: Reboot(pool.Workers[a % pool.Workers.Count]); break;
            case 15: Command(a, b); break;
            case 16: DrainOrResume(a, b); break;
            case 17: pool.Restart(); break;
            case 18: Repeat(a); break;
            case 19: Stop(a); break;
            case 20: Submit(Drafts.Training("1") with { NodeCount = 2, GpusPerNode = true, MixedCards = a % 2 == 0 }, b); break;
            case 21: Submit(Drafts.Job(cpus: 1 + (a % 3)) with { NodeCount = 2 + (a % 3) }, b); break;
            case 22:
                Submit((b % 3 == 0 ? Drafts.Training() : Drafts.Validation()) with
                {
                    GpuShare = $"{100 * (1 + (a % 10))}m",
                    GpuMemory = a % 10 < 9 && b % 2 == 0 ? $"{1 + (b % 9)}GB" : ""
                }, b); break;
            case 23: Submit((a % 2 == 0 ? Drafts.Validation() : Drafts.Job()) with { Exclusive = true }, b); break;
            case 24: Submit(Drafts.Training() with { Array = $"0-{a % 3}", SameCard = true }, b); break;
            default: throw new ArgumentOutOfRangeException(nameof(what));
        }
    }

    private void Submit(JobDraft draft, byte options)
    {
        if (options % 2 == 0) draft = draft.Checkpointed();
        if (options % 3 == 0) draft = draft with { TimeLimit = $"{1 + (options / 4)}m" };
        if (options % 16 == 1) draft = draft with { Hold = true };
        if (pool.HasManyUsers) draft = draft with { User = Users[options % 3], Project = options % 5 == 0 ? "vision" : "" };
        pool.Step(new PoolInput.Submit([new JobSubmission(draft, "")]));
    }

    private void SubmitDependent(byte a, byte b)
    {
        if (pool.Acknowledged.Count == 0) return;
        var other = pool.Acknowledged[a % pool.Acknowledged.Count];
        var kind = new[] { "afterok", "afternotok", "afterany", "after" }[b % 4];
        Submit(Drafts.Job() with { Dependency = $"{kind}:{(b % 8 < 4 ? $"{other}" : $"{other.Number}")}" }, b);
    }

    private void Pass(TimeSpan span)
    {
        pool.Now += span;
        pool.Step();
    }

    private void Start(byte a, byte b)
    {
        if (Pick(a, attempt => !attempt.Started) is not var (worker, attempt)) return;
        attempt.Started = true;
        Send(worker, (b % 8) switch
        {
            0 => worker.End(attempt, EndCause.LaunchFailed, null, pool.Now),
            1 => worker.End(attempt, EndCause.NotHere, 1, pool.Now),
            2 when b > 128 => worker.End(attempt, EndCause.Unstartable, 1, pool.Now),
            _ => worker.Report(attempt.Order.Attempt, new AttemptEvent.Started(null), pool.Now),
        });
    }

    private void Save(byte a, byte b)
    {
        if (Pick(a, attempt => attempt.Started) is not var (worker, attempt)) return;
        attempt.Step += 1 + b;
        Send(worker, worker.Report(
            attempt.Order.Attempt, new AttemptEvent.Saved(new Checkpoint(attempt.Step, $"{attempt.Step}", 1, "", pool.Now)), pool.Now));
    }

    private void Exit(byte a, byte b)
    {
        if (Pick(a, attempt => attempt.Started) is var (worker, attempt))
            Send(worker, worker.End(attempt, EndCause.Exited, ExitCodes[b % ExitCodes.Length], pool.Now));
    }

    private void Stop(byte a)
    {
        if (Pick(a, attempt => attempt.Asked is not null) is var (worker, attempt))
            Send(worker, worker.End(attempt, attempt.Asked!.Value, 143, pool.Now));
    }

    /// <summary>Leaves, or comes back, now and then without some of its cards.</summary>
    private void Toggle(FakeWorker worker, byte b)
    {
        worker.Machine = worker.Whole with { Cards = [.. worker.Whole.Cards.Skip(b % 4 == 0 ? 1 : 0)] };
        if (worker.Leave() is { } left) pool.Step(left);
        else pool.Connect(worker);
    }

    private void Reboot(FakeWorker worker)
    {
        if (worker.Leave() is { } left) pool.Step(left);
        worker.Reboot();
        pool.Connect(worker);
    }

    private void Command(byte a, byte b)
    {
        if (pool.Acknowledged.Count == 0) return;
        var ids = new[] { $"{pool.Acknowledged[a % pool.Acknowledged.Count]}" };
        pool.Step((b % 4) switch
        {
            0 => new PoolInput.Cancel(ids, "ann", ""),
            1 => new PoolInput.Hold(ids, "root"),
            2 => new PoolInput.Release(ids, "root"),
            _ => new PoolInput.Requeue(ids, "ann") { Revived = [.. pool.State.EndedAmong(ids).Select(id => pool.Store.Read(id))] },
        });
    }

    private void DrainOrResume(byte a, byte b)
    {
        var machine = pool.Workers[a % pool.Workers.Count].Machine;
        var target = machine.Cards.Count > 0 && b % 2 == 0 ? $"{machine.Name}/{machine.Cards[0].Uuid}" : machine.Name;
        pool.Step((b % 6) switch
        {
            < 2 => new PoolInput.Drain(target, "", null, "root"),
            < 4 => new PoolInput.Drain(target, "", TimeSpan.FromSeconds(a), "root"),
            _ => new PoolInput.Resume(target, "root"),
        });
    }

    private void Send(FakeWorker worker, PoolInput.Reported report)
    {
        if (worker.Session is not null) _sent.Add(report);
        pool.Send(worker, report);
    }

    /// <summary>A report arrives once more, however old it is.</summary>
    private void Repeat(byte a)
    {
        if (_sent.Count > 0) pool.Step(_sent[a % _sent.Count]);
    }

    private (FakeWorker, FakeAttempt)? Pick(byte a, Func<FakeAttempt, bool> wanted)
    {
        var fitting = pool.Workers.SelectMany(worker => worker.Live.Where(wanted).Select(attempt => (worker, attempt))).ToList();
        return fitting.Count == 0 ? null : fitting[a % fitting.Count];
    }
}
