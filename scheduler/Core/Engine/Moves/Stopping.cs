using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Asks a job's attempt to stop. It holds its devices until its worker says that it has ended.</summary>
internal static class Stopping
{
    /// <summary>Asks; a job that checkpoints is asked to save first, unless it is to be thrown away.</summary>
    public static void Ask(Turn turn, Job job, EndCause cause, TimeSpan grace, string message)
    {
        var saveFirst = SavesFirst(job, cause);
        var running = job.State == JobState.Running;
        Life.Move(turn, job, saveFirst && running ? JobEvent.SaveAsked : JobEvent.StopAsked);
        job.Attempt!.StopCause = cause;
        turn.Save(job);
        SendToAll(turn, job, grace, message);
    }

    /// <summary>Sends the order to stop to one node, as often as needed.</summary>
    public static void Send(Turn turn, NodeId node, Job job, TimeSpan grace, string message)
    {
        var cause = job.Attempt!.StopCause!.Value;
        if (IsConnected(turn, node)) turn.Send(new PoolEffect.Stop(node, job.Attempt.Id, cause, SavesFirst(job, cause), grace, message));
    }

    private static void SendToAll(Turn turn, Job job, TimeSpan grace, string message)
    {
        var attempt = job.Attempt!;
        for (var rank = 0; rank < attempt.Allocation.Nodes.Count; rank++)
        {
            if (attempt.Ranks.Count == 0 || attempt.Ranks[rank].EndTime is null)
                Send(turn, attempt.Allocation.Nodes[rank].Node, job, grace, message);
        }
    }

    /// <summary>What is to be thrown away needs no checkpoint; ranks that have lost one of them can't write one together.</summary>
    private static bool SavesFirst(Job job, EndCause cause) =>
        cause is not (EndCause.Cancelled or EndCause.RankFailed) && job.Spec.Draft.Checkpoint.Enabled;

    /// <summary>Asks for a checkpoint and lets the attempt go on.</summary>
    public static void AskToSave(Turn turn, Job job, string why)
    {
        var attempt = job.Attempt!;
        if (job.State != JobState.Running || !job.Spec.Draft.Checkpoint.Enabled) return;
        foreach (var share in attempt.Allocation.Nodes)
        {
            if (IsConnected(turn, share.Node)) turn.Send(new PoolEffect.CheckpointNow(share.Node, attempt.Id, why));
        }
    }

    /// <summary>Without a session there is no worker to tell; the order is given when the node joins.</summary>
    private static bool IsConnected(Turn turn, NodeId node) => turn.State.FindNode(node)?.Session is not null;
}
