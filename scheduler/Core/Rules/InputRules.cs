using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Rules;

/// <summary>Bounds every input before the engine looks at it: what passes can't overflow anything.</summary>
internal static class InputRules
{
    /// <summary>Everything that is out of bounds; empty: nothing is.</summary>
    public static IReadOnlyList<Fault> Faults(PoolInput input)
    {
        var faults = new FaultList("");
        switch (input)
        {
            case PoolInput.Submit submit: CallRules.Submit(submit, faults); break;
            case PoolInput.Cancel cancel: CallRules.Cancel(cancel, faults); break;
            case PoolInput.Hold hold: CallRules.Change(hold.Ids, hold.Filter, hold.User, faults); break;
            case PoolInput.Release release: CallRules.Change(release.Ids, release.Filter, release.User, faults); break;
            case PoolInput.Requeue requeue: CallRules.Change(requeue.Ids, requeue.Filter, requeue.User, faults); break;
            case PoolInput.Drain drain: CallRules.Drain(drain, faults); break;
            case PoolInput.Resume resume: CallRules.Target(resume.Target, resume.User, faults); break;
            case PoolInput.NodeJoined joined: WorkerRules.Joined(joined, faults); break;
            case PoolInput.CardsRead read: WorkerRules.Readings(read, faults); break;
            case PoolInput.Reported reported: ReportRules.Check(reported, faults); break;
            default: break;
        }

        return faults.All;
    }
}
