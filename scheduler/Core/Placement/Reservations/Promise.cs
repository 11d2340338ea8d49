using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>Room on a node that is kept for a waiting job. Volatile: a scheduler that starts anew makes its promises anew.</summary>
internal sealed class Promise(Job job, NodeSlot slot, Claim claim)
{
    public Job Job { get; } = job;

    public NodeSlot Slot { get; } = slot;

    public Claim Claim { get; } = claim;

    /// <summary>When the job starts at the latest, by time limits; null: nobody knows.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>What is taken of the node when the job starts, itself included.</summary>
    public Load Load { get; private set; }

    /// <summary>Jobs that must end first.</summary>
    public IReadOnlyList<JobId> WaitsFor { get; private set; } = [];

    /// <summary>False while its moment can't be foretold and the job has not waited for long: then nothing is kept.</summary>
    public bool Binds { get; set; }

    /// <summary>When all nodes were last compared.</summary>
    public DateTimeOffset SearchedAt { get; set; }

    /// <summary>The pass of a cycle that made it good, or renewed it.</summary>
    public long Pass { get; set; }

    /// <summary>Takes over what the node's attempts now let expect.</summary>
    public void Expect(Forecast forecast, IEnumerable<Hold> order)
    {
        At = forecast.At;
        Load = forecast.Load;
        WaitsFor = [.. order.Take(forecast.Waits).Select(hold => hold.Attempt.Id.Job).Distinct()];
    }

    /// <summary>True when another job's start can't make this one later: it ends in time, or leaves enough.</summary>
    /// <param name="claim">What the other takes of the same node.</param>
    /// <param name="endsBy">When it has ended at the latest; null: nobody knows.</param>
    /// <param name="tolerated">When it must have ended if this promise has no moment.</param>
    public bool Allows(Claim claim, DateTimeOffset? endsBy, DateTimeOffset tolerated) =>
        endsBy <= (At ?? tolerated) || Load.With(claim).FitsOn(Slot);
}
