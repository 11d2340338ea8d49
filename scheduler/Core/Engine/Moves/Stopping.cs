using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Asks a job's attempt to stop. It holds its devices until its worker says that it has ended.</summary>
internal static class Stopping
{
    /// <summary>Asks; a job that checkpoints is asked to save first, unless it is to be thrown away.</summary>
    public static void Ask(Turn turn, Job job, EndCause cause, TimeSpan grace, string message)
    {
        var saveFirst = cause != EndCause.Cancelled && job.Spec.Draft.Checkpoint.Enabled;
        var running = job.State == JobState.Running;
        Life.Move(job, saveFirst && running ? JobEvent.SaveAsked : JobEvent.StopAsked);
        job.Attempt!.StopCause = cause;
        turn.Save(job);
        Send(turn, job, grace, message);
    }

    /// <summary>Sends the order to stop, as often as needed.</summary>
    public static void Send(Turn turn, Job job, TimeSpan grace, string message)
    {
        var attempt = job.Attempt!;
        var cause = attempt.StopCause!.Value;
        var saveFirst = cause != EndCause.Cancelled && job.Spec.Draft.Checkpoint.Enabled;
        foreach (var share in attempt.Allocation.Nodes)
        {
            if (IsConnected(turn, share.Node)) turn.Send(new PoolEffect.Stop(share.Node, attempt.Id, cause, saveFirst, grace, message));
        }
    }

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

    /// <summary>Without a session there is nobody to tell; the order is given when the node joins.</summary>
    private static bool IsConnected(Turn turn, NodeId node) => turn.State.FindNode(node)?.Session is not null;
}
