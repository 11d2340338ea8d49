using GpuScheduler.Core.Placement.Reservations;

namespace GpuScheduler.Core.Tests.Placement;

/// <summary>Each promise is looked for again once a minute, but they don't all fall into one cycle.</summary>
public sealed class SearchTurnsTests
{
    private const int Promises = 20;
    private readonly SearchTurns _turns = new();
    private readonly DateTimeOffset[] _searchedAt = new DateTimeOffset[Promises];
    private DateTimeOffset _now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public SearchTurnsTests()
    {
        Array.Fill(_searchedAt, _now);
        _turns.Begin(_now, Promises);
    }

    [Fact]
    public void Where_cycles_follow_each_other_one_is_looked_for_in_each()
    {
        Cycle(59);
        Assert.Equal([1, 1, 1], [Cycle(1), Cycle(1), Cycle(1)]);
    }

    [Fact]
    public void Within_two_minutes_all_had_their_turn_however_often_a_cycle_comes()
    {
        foreach (var gap in new[] { 1, 2, 7, 20, 60 })
        {
            for (var passed = 0; passed < 120; passed += gap) Cycle(gap);
            Assert.All(_searchedAt, time => Assert.InRange(_now - time, TimeSpan.Zero, TimeSpan.FromMinutes(2)));
        }
    }

    [Fact]
    public void After_a_pause_of_a_minute_all_are_looked_for_at_once() => Assert.Equal(Promises, Cycle(60));

    /// <summary>A cycle some seconds later; returns for how many promises it looks again.</summary>
    private int Cycle(int seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        _turns.Begin(_now, Promises);
        var taken = 0;
        for (var i = 0; i < Promises; i++)
        {
            if (!_turns.Take(_searchedAt[i])) continue;
            _searchedAt[i] = _now;
            taken++;
        }

        return taken;
    }
}
