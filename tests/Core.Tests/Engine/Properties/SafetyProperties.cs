using FsCheck;
using FsCheck.Fluent;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Never: whatever happens, in whatever order.</summary>
public sealed class SafetyProperties
{
    [Fact]
    public void No_card_is_ever_granted_beyond_what_it_has() => Never(Invariants.NoCardIsGrantedBeyondWhatItHas);

    [Fact]
    public void Nobody_is_ever_beside_who_has_a_node_for_himself() => Never(Invariants.NobodyIsBesideTheExclusive);

    [Fact]
    public void No_sweep_ever_leaves_its_kind_of_card() => Never(Invariants.SweepsStayOnOneKindOfCard);

    [Fact]
    public void No_machine_is_ever_overbooked() => Never(Invariants.NoMachineIsOverbooked);

    [Fact]
    public void No_gang_ever_holds_a_part_of_its_nodes() => Never(Invariants.GangsAreWhole);

    [Fact]
    public void No_acknowledged_job_is_ever_lost() => Never(Invariants.NoAcknowledgedJobIsLost);

    [Fact]
    public void No_attempt_but_the_newest_ever_lives_unfenced() => Never(Invariants.OnlyTheNewestAttemptLivesUnfenced);

    [Fact]
    public void No_job_ever_waits_without_a_reason() => Never(Invariants.EveryWaitingJobHasAReason);

    [Fact]
    public void No_change_is_ever_kept_from_the_store() => Never(Invariants.TheStoreKnowsEverything);

    [Fact]
    public void No_attempt_number_is_ever_used_twice() => Never(Invariants.AttemptNumbersOnlyGrow);

    [Fact]
    public void No_job_is_ever_missing_from_the_census() => Never(Invariants.TheCensusIsRight);

    [Fact]
    public void No_promised_start_is_ever_delayed_by_a_job_behind_it() => Never(PromiseInvariants.NoGrantBehindAPromiseDelaysIt);

    [Fact]
    public void Nobody_is_stopped_for_a_job_that_then_does_not_fit() => Never(PreemptionInvariants.NobodyIsStoppedInVain);

    [Fact]
    public void Nobody_is_ever_stopped_for_others_twice_without_a_rest() => Never(PreemptionInvariants.NobodyIsStoppedAgainAtOnce);

    [Fact]
    public void Nobody_ever_pays_for_being_stopped() => Never(PreemptionInvariants.NobodyPaysForBeingStopped);

    [Fact]
    public void The_same_inputs_always_give_the_same_decisions() => Check.One(Runs.Config(), Prop.ForAll(
        Runs.Bytes, bytes => new RandomPool().Play(bytes).Transcript.ToString() == new RandomPool().Play(bytes).Transcript.ToString()));

    private static void Never(Action<RandomPool> check) => Check.One(Runs.Config(), Prop.ForAll(Runs.Bytes, bytes =>
    {
        new RandomPool().Play(bytes, check);
        return true;
    }));
}
