using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>
/// Asks the limits that bind a job: its tier's, which bind all of its lane, then its project's and its user's, which bind its line.
/// </summary>
internal static class Permits
{
    /// <summary>Null: the tier lets no job of the lane start.</summary>
    public static Permit? Of(PoolState state, Contender contender, Job job)
    {
        var quotas = state.Accounting.Quotas;
        if (!quotas.Any) return default(Permit);
        var tier = Permit.Of(quotas.OfTier(job.Spec.Tier), contender.Query, state.Map);
        contender.Limit = tier.Hit is { } hit && tier.IsRefused ? (hit, hit.Tally.Version) : null;
        if (tier.IsRefused) return null;
        var own = Permit.Of(quotas.OfProject(job.Spec.Draft.Project), contender.Query, state.Map)
            .And(Permit.Of(quotas.OfUser(job.Spec.User), contender.Query, state.Map));
        if (own.IsRefused) return own with { BindsLine = true };
        return own.Hit is null ? tier with { Hit = null } : own with { Gate = own.Through(tier.Gate), BindsLine = true };
    }
}
