using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>What must never be otherwise, whatever happens.</summary>
internal static class Invariants
{
    /// <summary>No card has two attempts with processes, but for parts of it that it has: neither granted twice, nor granted while a
    /// fenced one lives, nor both whole and in parts.</summary>
    public static void NoCardIsGrantedBeyondWhatItHas(RandomPool pool)
    {
        foreach (var worker in pool.Workers)
        {
            foreach (var card in worker.Live.SelectMany(one => one.Order.Share.Devices).GroupBy(part => part.Uuid))
            {
                var memory = worker.Whole.Cards.Single(announced => announced.Uuid == card.Key).MemoryMib;
                Assert.True(card.Sum(part => part.MilliGpu) <= DeviceShare.Whole, $"{card.Key}: granted {string.Join(" and ", card)}");
                Assert.True(
                    card.Sum(part => part.MemoryMib) <= memory, $"{card.Key} with {memory} MiB: granted {string.Join(" and ", card)}");
            }
        }
    }

    /// <summary>Who has a node for himself has nobody beside him.</summary>
    public static void NobodyIsBesideTheExclusive(RandomPool pool)
    {
        foreach (var node in pool.State.Nodes)
        {
            var jobs = pool.State.UseOf(node.Id).Jobs.Select(pool.State.FindJob).OfType<Job>().ToList();
            Assert.True(
                jobs.Count < 2 || jobs.TrueForAll(job => !job.Spec.Request.Exclusive),
                $"{node.Id}: {string.Join(", ", jobs.Select(job => job.Id))}");
        }
    }

    /// <summary>Elements of a sweep that hold cards hold equal ones.</summary>
    public static void SweepsStayOnOneKindOfCard(RandomPool pool)
    {
        var models = pool.Workers.SelectMany(worker => worker.Whole.Cards).ToDictionary(
            card => card.Uuid, card => (card.Model, card.MemoryMib));
        var sweeps = pool.Store.Attempts.Values.Where(attempt => pool.Store.Jobs[attempt.Id.Job].Spec.Draft.SameCard).GroupBy(
            attempt => attempt.Id.Job.Number);
        foreach (var sweep in sweeps)
            Assert.Single(sweep.SelectMany(attempt => attempt.Allocation.AllDevices()).Select(device => models[device.Uuid]).Distinct());
    }

    /// <summary>Cores and memory granted are there.</summary>
    public static void NoMachineIsOverbooked(RandomPool pool)
    {
        foreach (var node in pool.State.Nodes)
        {
            var use = pool.State.UseOf(node.Id);
            var fenced = pool.Workers.Single(worker => worker.Machine.Id == node.Id).Live.Any(one => !IsCurrent(pool, one));
            Assert.True(fenced || (use.CpuCores <= node.CpuCores && use.MemoryMib <= node.MemoryMib), $"{node.Id} is overbooked");
            Assert.All(use.Granted.Values, granted => Assert.InRange(granted.MilliGpu, 1, DeviceShare.Whole));
        }
    }

    /// <summary>What was acknowledged lives, or ended and is on record.</summary>
    public static void NoAcknowledgedJobIsLost(RandomPool pool)
    {
        foreach (var id in pool.Acknowledged)
            Assert.True(pool.State.FindJob(id) is not null || pool.Store.Jobs[id].State.IsEnded(), $"job {id} is lost");
        Assert.All(pool.State.Jobs, job => Assert.False(job.State.IsEnded()));
    }

    /// <summary>What is counted with every move is what one finds by looking at every job.</summary>
    public static void TheCensusIsRight(RandomPool pool)
    {
        var walked = pool.State.Jobs.GroupBy(job => (job.Spec.Tier, job.State)).ToDictionary(group => group.Key, group => group.Count());
        var kept = pool.State.Census.SelectMany(
            tier => tier.Value.Where(state => state.Value != 0), (tier, state) => ((tier.Key, state.Key), state.Value));
        Assert.Equal(walked.OrderBy(count => count.Key), kept.ToDictionary().OrderBy(count => count.Key));
    }

    /// <summary>A connected worker runs no attempt that is not its job's newest, unless it was told to stop it.</summary>
    public static void OnlyTheNewestAttemptLivesUnfenced(RandomPool pool)
    {
        foreach (var worker in pool.Workers.Where(worker => worker.Session is not null))
        {
            foreach (var one in worker.Live.Where(one => !IsCurrent(pool, one)))
                Assert.True(
                    one.Asked is not null, $"{one.Order.Attempt} lives on {worker.Machine.Name}, is not current, and was not told to stop");
        }
    }

    /// <summary>A gang holds all its nodes or none: as many as it asked for, each once, of one model unless it allows more.</summary>
    public static void GangsAreWhole(RandomPool pool)
    {
        foreach (var job in pool.State.Jobs.Where(job => job.Spec.Request.IsGang))
        {
            var holders = pool.State.Map.Slots.Where(slot => slot.Holds.Values.Any(hold => !hold.Fenced && hold.Attempt.Id.Job == job.Id))
                .Select(slot => slot.Node.Id).ToList();
            var wanted = job.State.HoldsAllocation() ? job.Attempt!.Allocation.Nodes.Select(share => share.Node).Order().ToList() : [];
            Assert.True(
                holders.SequenceEqual(wanted),
                $"job {job.Id} ({job.State}) holds {string.Join(",", holders)}, and should hold {string.Join(",", wanted)}");
            Assert.True(
                wanted.Count == 0 || wanted.Distinct().Count() == job.Spec.Request.NodeCount, $"job {job.Id} has {wanted.Count} nodes");
            Assert.True(
                job.Spec.Request.MixedCards || Models(pool, job).Count <= 1, $"job {job.Id} has {string.Join(",", Models(pool, job))}");
        }
    }

    /// <summary>Of the attempt's cards that are announced.</summary>
    private static List<string> Models(RandomPool pool, Job job)
    {
        if (!job.State.HoldsAllocation()) return [];
        IEnumerable<Device> OnIts(NodeShare share) => pool.State.FindNode(share.Node)!.Devices.Where(device => share.Holds(device.Uuid));
        return [.. job.Attempt!.Allocation.Nodes.SelectMany(OnIts).Select(device => device.Model).Distinct()];
    }

    /// <summary>Every waiting job can say why, in words.</summary>
    public static void EveryWaitingJobHasAReason(RandomPool pool)
    {
        foreach (var job in pool.State.Jobs.Where(job => !job.State.HoldsAllocation()))
        {
            var (reason, text) = pool.State.ReasonOf(job, pool.Now)
                ?? throw new InvalidOperationException($"job {job.Id} waits without a reason");
            Assert.NotEqual(Reason.PendingEvaluation, reason);
            Assert.False(string.IsNullOrWhiteSpace(text), $"job {job.Id}: {reason} says nothing");
        }
    }

    /// <summary>The store has everything that is durable: nothing was changed and not saved.</summary>
    public static void TheStoreKnowsEverything(RandomPool pool)
    {
        var stored = pool.Store.Open();
        Assert.Equal(
            pool.State.Jobs.OrderBy(job => job.Id).Select(Transcript.Describe),
            stored.Jobs.OrderBy(job => job.Id).Select(Transcript.Describe));
        Assert.Equal(pool.State.Nodes.Select(Transcript.Describe), stored.Nodes.OrderBy(node => node.Id).Select(Transcript.Describe));
    }

    /// <summary>Attempt numbers name attempts: each has one, and the newest is the highest.</summary>
    public static void AttemptNumbersOnlyGrow(RandomPool pool)
    {
        foreach (var (id, _) in pool.Store.Attempts) Assert.True(id.Number <= pool.Store.Jobs[id.Job].AttemptNumber);
        foreach (var job in pool.State.Jobs) Assert.Equal(job.AttemptNumber, job.Attempt?.Id.Number ?? 0);
    }

    private static bool IsCurrent(RandomPool pool, FakeAttempt one) =>
        pool.State.FindJob(one.Order.Attempt.Job) is { Attempt: { EndCause: null } newest } && newest.Id == one.Order.Attempt;
}
