using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.NodeHealth;

/// <summary>What a worker's silence means for its session.</summary>
public enum SilenceVerdict
{
    /// <summary>Late heartbeats happen.</summary>
    Healthy = 1,

    /// <summary>The connection counts as dead. The attempts don't: the lease decides that.</summary>
    Lost = 2,
}

/// <summary>Judges how long a session has been silent.</summary>
public static class Silence
{
    /// <summary>Heartbeats that may be missed: one late, one lost and one of grace.</summary>
    public const int ToleratedHeartbeats = 3;

    /// <summary>Lost after three intervals, or when the lease has run out if that is sooner.</summary>
    public static SilenceVerdict Judge(TimeSpan silent, LeaseConfig leases)
    {
        var tolerated = leases.Heartbeat * ToleratedHeartbeats;
        return silent > (tolerated < leases.Lease ? tolerated : leases.Lease) ? SilenceVerdict.Lost : SilenceVerdict.Healthy;
    }
}
