using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.FairShare;
using GpuScheduler.Testing;

namespace GpuScheduler.Core.Tests.FairShare;

public sealed class UseMeterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly Decay Weekly = new(TimeSpan.FromDays(7));

    [Fact]
    public void Use_halves_in_each_half_life()
    {
        var meter = default(UseMeter);
        meter.Add(800, Start, Weekly);

        Assert.Equal(400, meter.At(Start.AddDays(7), Weekly), 9);
        Assert.Equal(100, meter.At(Start.AddDays(21), Weekly), 9);
    }

    [Fact]
    public void What_runs_for_ever_settles_at_its_rate_times_the_half_life_over_ln_2()
    {
        var meter = default(UseMeter);
        meter.Change(2, Start, Weekly);

        Assert.Equal(2 * 7 * 86_400 / Math.Log(2), meter.At(Start.AddYears(10), Weekly), 3);
    }

    [Fact]
    public void Without_decay_use_is_rate_times_time()
    {
        var meter = default(UseMeter);
        meter.Change(3, Start, new Decay(TimeSpan.Zero));

        Assert.Equal(3 * 86_400 * 365.0, meter.At(Start.AddDays(365), new Decay(TimeSpan.Zero)), 3);
    }

    /// <summary>Summing small steps, each decayed from its own moment, comes to the same as the closed form.</summary>
    [Fact]
    public void The_closed_form_agrees_with_a_sum_of_seconds() => Check.One(Draws.Config(), Prop.ForAll(
        Gen.Choose(1, 5000).Two().ToArbitrary(),
        pair =>
        {
            var (ran, waited) = pair;
            var decay = new Decay(TimeSpan.FromHours(1));
            var meter = default(UseMeter);
            meter.Change(1.5, Start, decay);
            meter.Change(-1.5, Start.AddSeconds(ran), decay);

            var summed = Enumerable.Range(0, ran).Sum(second => 1.5 * decay.Left(ran - second - 0.5 + waited));
            return Math.Abs(summed - meter.At(Start.AddSeconds(ran + waited), decay)) < 1e-3 * summed;
        }));

    [Fact]
    public void Use_from_before_counts_for_less_whatever_the_order_in_which_it_is_added()
    {
        var (first, second) = (default(UseMeter), default(UseMeter));
        first.Add(100, Start, Weekly);
        first.Add(50, Start.AddDays(3), Weekly);
        second.Add(50, Start.AddDays(3), Weekly);
        second.Add(100, Start, Weekly);

        Assert.Equal(first.At(Start.AddDays(10), Weekly), second.At(Start.AddDays(10), Weekly), 9);
    }
}
