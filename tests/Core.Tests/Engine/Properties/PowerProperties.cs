using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>
/// Machines whose supplies can't feed all their cards at once: 600 W are one A100 of two, or one of the desk's two cards.
/// </summary>
public sealed class PowerProperties
{
    private static readonly NodePower Tight = new(600, 1000, 350);

    [Fact]
    public void No_machine_ever_feeds_more_cards_than_it_can() => Holds(NoBudgetIsExceeded);

    [Fact]
    public void No_promised_start_is_ever_delayed_where_power_is_short() => Holds(PromiseInvariants.NoGrantBehindAPromiseDelaysIt);

    [Fact]
    public void No_job_ever_waits_without_a_reason_where_power_is_short() => Holds(Invariants.EveryWaitingJobHasAReason);

    private static void NoBudgetIsExceeded(RandomPool pool)
    {
        foreach (var worker in pool.Workers)
        {
            // What a card draws that its worker no longer announces, nobody knows.
            var held = worker.Live.SelectMany(one => one.Order.Share.Devices).Select(part => part.Uuid).ToHashSet(StringComparer.Ordinal);
            var watts = worker.Machine.Cards.Where(card => held.Contains(card.Uuid)).Sum(
                card => DeviceCatalog.BuiltIn.Classify(card).Facts.Watts!.Value);
            Assert.True(watts <= Tight.CardWatts, $"{worker.Machine.Name}: its cards draw {watts} W");
        }
    }

    private static void Holds(Action<RandomPool> check) => Check.One(Runs.Config(), Prop.ForAll(Runs.Bytes, bytes =>
    {
        new RandomPool(power: Tight).Play(bytes, check);
        return true;
    }));
}
