using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using Microsoft.Extensions.Time.Testing;

namespace GpuScheduler.Worker.Tests.Execution;

public sealed class AttemptClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private TimeSpan _uptime = TimeSpan.FromHours(5);

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void What_an_attempt_took_is_told_although_the_clock_was_set(int hours)
    {
        var mark = AttemptClock.Mark(new FakeTimeProvider(Noon), () => _uptime);
        _uptime += TimeSpan.FromMinutes(1);

        var now = new AttemptClock(mark, new FakeTimeProvider(Noon.AddHours(hours)), () => _uptime).Now();

        Assert.Equal(Noon.AddMinutes(1), now);
    }

    [Fact]
    public void After_a_reboot_the_clock_counts_but_no_end_lies_before_its_beginning()
    {
        var mark = AttemptClock.Mark(new FakeTimeProvider(Noon), () => _uptime);
        mark.BootId = "another";

        Assert.Equal(Noon.AddHours(1), new AttemptClock(mark, new FakeTimeProvider(Noon.AddHours(1)), () => _uptime).Now());
        Assert.Equal(Noon, new AttemptClock(mark, new FakeTimeProvider(Noon.AddHours(-1)), () => _uptime).Now());
    }

    [Fact]
    public void Without_a_mark_or_with_nonsense_the_clock_counts()
    {
        BeginMark?[] marks =
        [
            null, new(), new() { Time = new() { Seconds = long.MaxValue } },
            new() { Time = new() { Seconds = 1_800_000_000 }, UptimeSeconds = double.NaN },
        ];

        Assert.All(marks, mark => Assert.Equal(Noon, new AttemptClock(mark, new FakeTimeProvider(Noon), () => _uptime).Now()));
    }
}
