using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>What holds for the shipped policy holds for the others.</summary>
public sealed class PolicyProperties
{
    private static readonly FsCheck.Config Some = Runs.Config(25);

    public static TheoryData<string> Others { get; } = [.. PoolPolicy.Names.Where(name => name != PoolPolicy.Default)];

    [Theory]
    [MemberData(nameof(Others))]
    public void Nothing_is_over_granted_or_lost_and_every_wait_has_a_reason(string policy) =>
        Check.One(Some, Prop.ForAll(Runs.Bytes, bytes =>
    {
        PoolUnder(policy).Play(bytes, pool =>
        {
            Invariants.NoCardIsGrantedBeyondWhatItHas(pool);
            Invariants.NoMachineIsOverbooked(pool);
            Invariants.GangsAreWhole(pool);
            Invariants.NoAcknowledgedJobIsLost(pool);
            Invariants.EveryWaitingJobHasAReason(pool);
            Invariants.TheStoreKnowsEverything(pool);
            PreemptionInvariants.NobodyPaysForBeingStopped(pool);
        });
        return true;
    }));

    [Theory]
    [MemberData(nameof(Others))]
    public void All_jobs_end_when_nodes_stay_and_programs_end(string policy) => Check.One(Some, Prop.ForAll(Runs.Bytes, bytes =>
    {
        LivenessProperties.Finish(PoolUnder(policy).Play(bytes));
        return true;
    }));

    [Theory]
    [MemberData(nameof(Others))]
    public void The_same_inputs_always_give_the_same_decisions(string policy) => Check.One(Some, Prop.ForAll(
        Runs.Bytes, bytes => PoolUnder(policy).Play(bytes).Transcript.ToString() == PoolUnder(policy).Play(bytes).Transcript.ToString()));

    private static RandomPool PoolUnder(string policy) => new(policy: policy);
}
