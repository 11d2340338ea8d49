using GpuScheduler.Core.Model;
using GpuScheduler.Core.NodeHealth;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Puts a node or card back into service.</summary>
internal static class Resuming
{
    public static PoolReply Take(Turn turn, PoolInput.Resume resume)
    {
        if (DrainTarget.Find(turn.State, resume.Target, out var rejected) is not { } target) return rejected!;
        if (target.Uuid is null) LaunchHealth.Forget(target.Slot.Node);
        target.Note(new Act(ActKind.Resumed, resume.User, turn.Now));
        target.Put(turn, null);
        return target.Reply;
    }
}
