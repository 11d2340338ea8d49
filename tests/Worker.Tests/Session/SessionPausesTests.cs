using GpuScheduler.Testing;
using GpuScheduler.Worker.Session;

namespace GpuScheduler.Worker.Tests.Session;

public sealed class SessionPausesTests
{
    private readonly ManualTimeProvider _time = new(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Sessions_that_end_at_once_are_begun_more_and_more_seldom()
    {
        var pauses = new SessionPauses(_time);

        var told = Enumerable.Range(0, 40).Select(_ => After(pauses, TimeSpan.FromMilliseconds(5))).ToList();

        Assert.Equal([0.1, 0.2, 0.4, 0.8], told[..4].Select(pause => pause.TotalSeconds));
        Assert.Equal(told.Order(), told);
        Assert.All(told[8..], pause => Assert.Equal(SessionPauses.Longest, pause));
    }

    [Fact]
    public void One_that_lasted_starts_them_anew()
    {
        var pauses = new SessionPauses(_time);
        for (var i = 0; i < 9; i++)
            After(pauses, TimeSpan.Zero);

        Assert.Equal(SessionPauses.First, After(pauses, SessionPauses.Steady));
        Assert.Equal(SessionPauses.First * 2, After(pauses, TimeSpan.Zero));
    }

    private TimeSpan After(SessionPauses pauses, TimeSpan lasted)
    {
        var began = _time.GetTimestamp();
        _time.Advance(lasted);
        return pauses.After(began);
    }
}
