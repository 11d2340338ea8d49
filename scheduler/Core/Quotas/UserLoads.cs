using System.Runtime.InteropServices;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Quotas;

/// <summary>
/// How much of the pool's memory and store each user's jobs take that have not ended: the limits that hold even where no quota
/// is configured, so that one user's loop can't fill the scheduler's machine.
/// </summary>
internal sealed class UserLoads(QuotaConfig limits)
{
    private readonly Dictionary<string, Load> _users = new(StringComparer.Ordinal);

    /// <summary>What a submission adds.</summary>
    public static Load Of(JobSpec spec) => new(spec.Array?.Indexes.Count ?? 1, spec.TextBytes);

    /// <summary>A job was admitted (1), or has ended (-1).</summary>
    public void Count(Job job, int change)
    {
        ref var load = ref CollectionsMarshal.GetValueRefOrAddDefault(_users, job.Spec.User, out _);
        load = load.Plus(new Load(change, change * ShareOf(job.Spec)));
        if (load.Jobs == 0) _users.Remove(job.Spec.User);
    }

    /// <summary>Which limit a submission would exceed, in words; null: none.</summary>
    /// <param name="spec">The submission.</param>
    /// <param name="before">What comes before it in the same request, of the same user.</param>
    public (string Field, string Value, string Allowed)? Exceeded(JobSpec spec, Load before)
    {
        var (has, adds) = (_users.GetValueOrDefault(spec.User).Plus(before), Of(spec));
        if (has.Jobs + adds.Jobs > limits.JobsPerUser)
            return ("user", spec.User,
                $"at most {limits.JobsPerUser} jobs of a user that have not ended (quotas.jobsPerUser in pool.yaml); {spec.User} has "
                    + $"{has.Jobs}, and this adds {adds.Jobs}: wait until some have ended, or cancel some");
        if (has.Bytes + adds.Bytes > limits.MibPerUser << 20)
            return ("script", $"{adds.Bytes} bytes",
                $"at most {limits.MibPerUser} MiB of scripts, arguments and variables in all jobs of a user that have not ended "
                    + $"(quotas.bytesPerUser in pool.yaml); {spec.User} has {has.Bytes >> 20} MiB: keep large files on a shared disk, wait "
                    + "until some jobs have ended, or cancel some");
        return null;
    }

    /// <summary>All elements of an array share what they say, so each counts for its part.</summary>
    private static long ShareOf(JobSpec spec) =>
        spec.Array is { Indexes.Count: var count } ? (spec.TextBytes + count - 1) / count : spec.TextBytes;

    /// <summary>Jobs, and bytes of what they say.</summary>
    internal readonly record struct Load(long Jobs, long Bytes)
    {
        public Load Plus(Load more) => new(Jobs + more.Jobs, Bytes + more.Bytes);
    }
}
