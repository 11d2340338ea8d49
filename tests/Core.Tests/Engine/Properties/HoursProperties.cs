using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Machines are their owners' on time.</summary>
public sealed class HoursProperties
{
    private static readonly Dictionary<string, (int From, int To)[]> Hours = new()
    {
        ["desk"] = [(9 * 60, (9 * 60) + 20), (10 * 60, (10 * 60) + 45), (11 * 60, (13 * 60) + 30)],
        ["studio"] = [((9 * 60) + 10, (10 * 60) + 15), ((12 * 60) + 1, (12 * 60) + 7), (13 * 60, 20 * 60)],
    };

    [Fact]
    public void Nothing_runs_on_a_machine_that_has_closed() => Play(pool =>
    {
        foreach (var name in Hours.Keys.Where(name => pool.ClosesAt(new NodeId(name)) <= pool.Now))
            Assert.True(
                !pool.On(new NodeId(name)).Any(),
                $"{pool.Now:HH:mm:ss}: job {pool.On(new NodeId(name)).FirstOrDefault()?.Id} is on {name}, which is closed");
    });

    [Fact]
    public void Nobody_starts_who_could_not_be_gone_before_the_closing() => Play(pool =>
    {
        foreach (var (time, order) in pool.Orders.Where(order => order.Time == pool.Now))
        {
            if (order is not PoolEffect.Dispatch { Order.Spec: { } spec } || pool.ClosesAt(order.Node) is not { } closing) continue;
            var ends = time + (spec.TimeLimit ?? pool.LearnedAt(order)) + spec.Grace <= closing;
            var saves = spec.Draft.Checkpoint.Enabled && time + spec.Grace <= closing;
            Assert.True(ends || saves, $"{time:HH:mm:ss}: {spec.Name} started on {order.Node}, which closes at {closing:HH:mm:ss}");
        }
    });

    [Fact]
    public void Everybody_who_fits_into_some_hours_starts_in_the_end() => Check.One(Runs.Config(40), Prop.ForAll(Runs.Bytes, bytes =>
    {
        var pool = Fed(bytes, _ => { });
        pool.Pass(TimeSpan.FromDays(3));

        var left = pool.State.Jobs.Where(job => !job.State.HoldsAllocation()).Select(
            job => $"{job.Id} {job.Spec.TimeLimit}: {pool.State.ReasonOf(job, pool.Now)}");
        Assert.True(!left.Any(), string.Join("\n", left));
        return true;
    }));

    private static void Play(Action<NightPool> look) => Check.One(Runs.Config(40), Prop.ForAll(Runs.Bytes, bytes =>
    {
        Fed(bytes, look);
        return true;
    }));

    /// <summary>Three bytes are a job and the minutes after it.</summary>
    private static NightPool Fed(byte[] bytes, Action<NightPool> look)
    {
        var pool = new NightPool(
            Hours,
            new Machine("desk").With(2, Machine.Rtx4090, 24),
            new Machine("studio").With(1, Machine.Rtx6000Ada, 48),
            new Machine("lab").With(1, Machine.A100, 80));
        for (var i = 0; i + 2 < bytes.Length && i < 60; i += 3)
        {
            pool.Submit(Draft(bytes[i], bytes[i + 1]), TimeSpan.FromMinutes(1 + (bytes[i + 1] % 50)));
            look(pool);
            for (var minute = 0; minute < bytes[i + 2] % 12; minute++)
            {
                pool.Pass(TimeSpan.FromMinutes(1));
                look(pool);
            }
        }

        return pool;
    }

    private static JobDraft Draft(byte kind, byte size)
    {
        var draft = (kind % 3) switch
        {
            0 => Drafts.Training(),
            1 => Drafts.Validation($"{1 + (size % 2)}"),
            _ => Drafts.Job(cpus: 1 + (size % 20)),
        };
        if (kind % 4 == 3) draft = draft with { Tier = "validation", Gpus = "1", NodeCount = 2, GpusPerNode = true, MixedCards = true };
        draft = draft with { Grace = TimeSpan.FromSeconds(20 * (size % 10)) };
        if (kind % 5 < 3) draft = draft with { TimeLimit = $"{1 + (size % 60)}m" };
        return kind % 2 == 0 || kind % 5 >= 3 ? draft.Checkpointed() : draft;
    }
}
