using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Quotas;

namespace GpuScheduler.Core.Engine;

/// <summary>Puts limits into words, under Slurm's names.</summary>
internal static class QuotaWords
{
    public static QuotaHit Jobs(Tally tally)
    {
        var reason = tally.Scope switch
        {
            QuotaScope.User => Reason.QOSMaxJobsPerUserLimit,
            QuotaScope.Project => Reason.AssocGrpJobsLimit,
            QuotaScope.Tier => Reason.QOSGrpJobsLimit,
        };
        return new QuotaHit(tally, reason, $"{Whose(tally)} has {tally.Running} jobs running of at most {tally.Limits.Running}");
    }

    public static QuotaHit Cards(Tally tally, int cap, int wanted)
    {
        var reason = tally.Scope switch
        {
            QuotaScope.User => Reason.QOSMaxGRESPerUser,
            QuotaScope.Project => Reason.AssocGrpGRES,
            QuotaScope.Tier => Reason.QOSGrpGRES,
        };
        var limit = tally.Limits.Gpus[cap];
        return new QuotaHit(
            tally, reason,
            $"{Whose(tally)} holds {Cards(tally.Held(cap))} of at most {Cards(limit.Milli)} {Kind(limit.Name)}, and the job needs "
                + $"{Cards(wanted)}");
    }

    /// <summary>Such as <c>user ann</c>.</summary>
    public static string Whose(Tally tally) => tally.Scope switch
    {
        QuotaScope.User => $"user {tally.Name}",
        QuotaScope.Project => $"project {tally.Name}",
        QuotaScope.Tier => $"tier '{tally.Name}'",
    };

    /// <summary>Cards where they are whole, else with fractions.</summary>
    public static string Cards(int milli) => (milli / (double)DeviceShare.Whole).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>datacenter cards</c>.</summary>
    public static string Kind(string cap) => cap == "any" ? "cards" : $"{cap} cards";
}
