using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Preemption;

/// <summary>What makes one job give way to another.</summary>
internal enum YieldKind
{
    /// <summary>It runs on borrowed cards, and the other's tier is one of those that the cards belong to.</summary>
    Loan,

    /// <summary>Its tier stands back for the other's.</summary>
    Tier,

    /// <summary>Same tier, and the other's priority is higher by enough.</summary>
    Priority,

    /// <summary>The pool's policy gives the cards of this round to the other.</summary>
    Round,
}

/// <summary>Which jobs may be stopped for which. None of the relations has a cycle: none can be stopped for one that it may stop.</summary>
internal static class YieldRules
{
    /// <summary>Why a running job gives way to a waiting one; null: it doesn't.</summary>
    public static YieldKind? Between(PoolConfig config, Job asker, Job runner, DeviceClass? runsOn)
    {
        var (tier, other) = (IndexOf(config, asker.Spec.Tier), IndexOf(config, runner.Spec.Tier));
        if (tier < 0 || other < 0) return null;
        if (IsLoan(config, runner.Spec.Tier, runsOn) && config.Tiers[tier].Classes.Contains(runsOn!.Value)) return YieldKind.Loan;
        if (tier <= other && asker.RoundPlace > 0 && runner.RoundPlace < 0) return YieldKind.Round;
        if (!MayLose(config.Tiers[other], runner, tier == other)) return null;
        if (tier < other) return YieldKind.Tier;
        return tier == other && (long)asker.Spec.Priority - runner.Spec.Priority >= config.Tiers[tier].PreemptsByPriority
            ? YieldKind.Priority
            : null;
    }

    /// <summary>True when there could be somebody for whom an attempt is stopped.</summary>
    public static bool MayYield(PoolConfig config, Job job, DeviceClass? runsOn) =>
        IndexOf(config, job.Spec.Tier) is >= 0 and var tier
        && (IsLoan(config, job.Spec.Tier, runsOn)
            || TakesTurns(config, job)
            || MayLose(config.Tiers[tier], job, sameTier: false)
            || (config.Tiers[tier].PreemptsByPriority is not null && MayLose(config.Tiers[tier], job, sameTier: true)));

    /// <summary>True where a policy takes turns by rounds, for jobs that lose little by it.</summary>
    public static bool TakesTurns(PoolConfig config, Job job) =>
        PoolPolicy.Of(config.Policy).Sharing is not null && job.Spec.Draft.Checkpoint.Enabled && job.Spec.Request.Gpu is not null;

    /// <summary>True when a tier has a class on loan only.</summary>
    public static bool IsLoan(PoolConfig config, string tier, DeviceClass? runsOn) =>
        IndexOf(config, tier) is >= 0 and var index && config.Tiers[index].Loans.Any(loan => loan.Class == runsOn);

    /// <summary>Until when a running attempt is left alone; the past: it is not.</summary>
    public static DateTimeOffset ProtectedUntil(PreemptionConfig config, YieldKind kind, Attempt attempt)
    {
        if (kind == YieldKind.Loan) return DateTimeOffset.MinValue;
        var worked = (attempt.StartTime ?? attempt.GrantTime) + config.MinRun;
        if (kind == YieldKind.Round) return worked;
        var rested = attempt.Origin.PreviousEnd == EndCause.Preempted ? attempt.GrantTime + config.CoolDown : worked;
        return worked > rested ? worked : rested;
    }

    /// <summary>The class of card that an attempt has on a node; null: none.</summary>
    public static DeviceClass? ClassOn(NodeSlot slot, NodeShare share) =>
        share.Devices.Count > 0 && slot.Cards.TryGetValue(share.Devices[0].Uuid, out var card) ? card.Device.Class : null;

    private static bool MayLose(TierConfig tier, Job job, bool sameTier) => tier.Yields switch
    {
        TierYield.Always => true,
        TierYield.Checkpointed => job.Spec.Draft.Checkpoint.Enabled,
        TierYield.Never => sameTier && job.Spec.Draft.Checkpoint.Enabled,
    };

    private static int IndexOf(PoolConfig config, string tier)
    {
        for (var i = 0; i < config.Tiers.Count; i++)
        {
            if (string.Equals(config.Tiers[i].Name, tier, StringComparison.Ordinal)) return i;
        }

        return -1;
    }
}
