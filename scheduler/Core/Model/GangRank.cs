namespace GpuScheduler.Core.Model;

/// <summary>What became of one node's process of a gang's attempt.</summary>
public sealed class GangRank
{
    /// <summary>When its process was seen; null before.</summary>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>When its last process was gone, or when its node was last heard of; null while it lives.</summary>
    public DateTimeOffset? EndTime { get; set; }

    /// <summary>Why it ended. Stays when a rank that counted as lost turns out to live: its gang has failed all the same.</summary>
    public EndCause? EndCause { get; set; }

    /// <summary>128+n when signal n ended it.</summary>
    public int? ExitCode { get; set; }

    /// <summary>The signal that ended it.</summary>
    public int? Signal { get; set; }

    /// <summary>For people; may be empty.</summary>
    public string Message { get; set; } = "";

    internal GangRank Copy() => (GangRank)MemberwiseClone();
}
