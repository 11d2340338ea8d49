using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>What a session may do with attempts. Calls return at once; what comes of them is reported.</summary>
internal interface IAttempts
{
    /// <summary>Attempts whose end isn't in the outbox yet.</summary>
    IReadOnlyList<AttemptKey> Running { get; }

    /// <summary>A number at or below one seen for the job starts nothing; its present state is reported again.</summary>
    void Start(Dispatch dispatch);

    void Stop(StopAttempt stop);

    void RequestCheckpoint(CheckpointNow request);

    /// <summary>From now on an attempt that is given ends at once, without having begun.</summary>
    void TakeNoMore(EndCause cause, string message);

    Task StopAllAsync(EndCause cause, string message);
}
