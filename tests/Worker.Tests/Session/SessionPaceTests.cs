using GpuScheduler.Testing;
using GpuScheduler.Worker.Session;

namespace GpuScheduler.Worker.Tests.Session;

public sealed class SessionPaceTests
{
    [Fact]
    public async Task Sessions_that_end_at_once_are_begun_more_and_more_seldom()
    {
        var (pauses, told) = await PausesAsync(Enumerable.Repeat<SessionEnd?>(SessionEnd.Early, 14));

        Assert.InRange(pauses[0], SessionPace.First / 2, SessionPace.First * 2);
        Assert.Equal(pauses.Order(), pauses);
        Assert.All(pauses[9..], pause => Assert.Equal(SessionPace.Longest, pause));
        Assert.Empty(told);
    }

    [Fact]
    public async Task One_that_lasted_starts_the_pauses_anew()
    {
        var (pauses, _) = await PausesAsync([.. Enumerable.Repeat<SessionEnd?>(SessionEnd.Early, 9), SessionEnd.Late, SessionEnd.Early]);

        Assert.Equal(SessionPace.First, pauses[9]);
        Assert.Equal(pauses[0], pauses[10]);
    }

    [Fact]
    public async Task One_that_another_worker_has_taken_is_not_taken_back_soon()
    {
        var (pauses, _) = await PausesAsync([SessionEnd.Taken]);

        Assert.Equal([SessionPace.Longest], pauses);
    }

    [Fact]
    public async Task Sessions_that_do_not_come_about_are_told_with_the_pause_before_the_next_try()
    {
        var (pauses, told) = await PausesAsync(Enumerable.Repeat<SessionEnd?>(null, 14));

        Assert.Equal(pauses, told.Select(HastyTimeProvider.Rounded));
        Assert.Equal(SessionPace.Longest, pauses[^1]);
    }

    [Fact]
    public async Task Those_that_end_soon_and_those_that_do_not_come_about_are_paced_apart()
    {
        var (pauses, told) = await PausesAsync([SessionEnd.Early, SessionEnd.Early, null, null, null, null, SessionEnd.Early]);

        Assert.Equal(4, told.Count);
        Assert.Equal(pauses[0], pauses[2]);
        Assert.True(pauses[6] > pauses[1], $"{pauses[6]}: the third of those that ended soon");
    }

    [Fact]
    public async Task The_workers_end_does_not_wait_for_a_pause_to_pass()
    {
        var time = new ArmedTimeProvider();
        using var stop = new CancellationTokenSource();
        var keeping = new SessionPace(time, () => 0.5, (_, _) => { }).KeepAsync(_ => new(SessionEnd.Taken), stop.Token);
        await time.UntilArmedAsync(1);

        await stop.CancelAsync();

        await keeping.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, time.ArmedTimers);
    }

    /// <summary>The pause after each session, and those that were told; null: the session does not come about.</summary>
    private static async Task<(List<TimeSpan> Pauses, List<TimeSpan> Told)> PausesAsync(IEnumerable<SessionEnd?> ends)
    {
        var (time, told, left) = (new HastyTimeProvider(), new List<TimeSpan>(), new Queue<SessionEnd?>(ends));
        using var stop = new CancellationTokenSource();
        await new SessionPace(time, () => 0.5, (_, pause) => told.Add(pause)).KeepAsync(
            async token =>
            {
                if (left.Count == 0) await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
                return left.Dequeue() ?? throw new IOException("no scheduler");
            },
            stop.Token);
        return ([.. time.Waits], told);
    }
}
