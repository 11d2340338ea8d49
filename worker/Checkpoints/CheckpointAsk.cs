using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Native;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>Asks a running job to save: the request file always, the signal if the job declared one.</summary>
internal sealed partial class CheckpointAsk(string directory, string signal, Supervisor supervisor, ILogger logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>The word that the request file gives as the reason.</summary>
    public static string Why(EndCause cause) => cause switch
    {
        EndCause.TimeLimit => "time_limit",
        EndCause.Preempted => "preempted",
        EndCause.Drained => "drained",
        EndCause.Closed => "closed",
        EndCause.Cancelled => "cancelled",
        EndCause.Requeued => "requeued",
        EndCause.Fenced => "fenced",
        EndCause.NodeLost => "node_lost",
        EndCause.Unspecified or EndCause.Exited or EndCause.LaunchFailed or EndCause.OutOfMemory or EndCause.RankFailed => "stop",
    };

    public void Place(string why)
    {
        try
        {
            CheckpointRequest.Place(directory, why);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogRequestNotPlaced(error, directory);
        }

        if (signal.Length == 0)
            return;
        if (Signals.Number(signal) is { } number)
            supervisor.SignalGroup(number);
        else
            LogUnknownSignal(signal, Signals.DeclarableNames);
    }
}
