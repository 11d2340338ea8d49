using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>Asks a running job to save: the request file always, the signal if the job declared one.</summary>
internal sealed partial class CheckpointAsk(
    string directory, string signal, Supervisor supervisor, JobFileThreads files, TimeProvider time, ILogger logger)
{
    /// <summary>The signal doesn't wait longer than this for a file system that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

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

    /// <summary>Throws nothing: a job that can't be asked is stopped all the same.</summary>
    public async Task PlaceAsync(string why)
    {
        try
        {
            await files.RunAsync(() => CheckpointRequest.Place(directory, why)).WaitAsync(Patience, time);
        }
        catch (Exception error)
        {
            LogRequestNotPlaced(directory, error.Message);
        }

        if (signal.Length == 0)
            return;
        if (Signals.Number(signal) is { } number)
            supervisor.SignalGroup(number);
        else
            LogUnknownSignal(signal, Signals.DeclarableNames);
    }
}
