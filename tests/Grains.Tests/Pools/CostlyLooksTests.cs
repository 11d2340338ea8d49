using GpuScheduler.Grains.Pools;
using GpuScheduler.Testing;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>However many ask, the pool has nine tenths of its time for its work.</summary>
public sealed class CostlyLooksTests
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private readonly ArmedTimeProvider _clock = new();
    private readonly CostlyLooks _looks;
    private readonly List<(string Name, TimeSpan At)> _seen = [];

    public CostlyLooksTests() => _looks = new CostlyLooks(_clock);

    [Fact]
    public async Task WhoAsksAlone_IsAnsweredAtOnce() => Assert.Equal(("a", null), await Ask("a"));

    /// <summary>The clock may run ahead of those who wait, so how many are served in time is not told here.</summary>
    [Fact]
    public async Task Others_AreSeenInOrder_AndTenTimesAsFarApartAsALookTakes()
    {
        await Ask("a");
        await Pass([.. new[] { "b", "c", "d", "e" }.Select(Ask)]);

        Assert.True(_seen.Count >= 2);
        Assert.Equal(new[] { "a", "b", "c", "d", "e" }.Take(_seen.Count), _seen.Select(one => one.Name));
        // What nobody used before is a second: it comes off the first wait alone.
        var apart = _seen.Zip(_seen.Skip(1), (one, next) => next.At - one.At).ToList();
        Assert.True(apart[0] >= (10 * Look) - TimeSpan.FromSeconds(1), $"{apart[0]}");
        Assert.All(apart.Skip(1), gap => Assert.True(gap >= 10 * Look, $"{gap}"));
    }

    [Fact]
    public async Task WhoWouldWaitTooLong_IsToldWhenToComeAgain()
    {
        var many = Enumerable.Range(0, 30).Select(i => Ask($"{i}")).ToList();
        await Pass(many);

        var answers = await Task.WhenAll(many);
        Assert.InRange(answers.Count(answer => answer.ComeAgainIn is null), 1, 7);
        Assert.All(answers, answer => Assert.True(answer.Seen is null == answer.ComeAgainIn is not null));
        Assert.All(answers, answer => Assert.False(answer.ComeAgainIn <= TimeSpan.Zero));

        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("later", (await Ask("later")).Seen);
    }

    [Fact]
    public async Task ALookThatFails_LetsTheNextOneIn()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _looks.Run<string>(Read, () => throw new InvalidOperationException()));
        Assert.Equal("b", (await Ask("b")).Seen);
    }

    /// <summary>Time passes until all have their answer. Each who has none waits for a timer: then it may go on.</summary>
    private async Task Pass(List<Task<(string? Seen, TimeSpan? ComeAgainIn)>> asked)
    {
        while (!asked.TrueForAll(one => one.IsCompleted))
        {
            if (_clock.ArmedTimers == asked.Count(one => !one.IsCompleted)) _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    private Task<(string? Seen, TimeSpan? ComeAgainIn)> Ask(string name) => _looks.Run(Read, () =>
    {
        _seen.Add((name, _clock.GetElapsedTime(0)));
        _clock.Advance(Look);
        return name;
    });

    private static Task<string?> Read(Func<string?> look)
    {
        try
        {
            return Task.FromResult(look());
        }
        catch (InvalidOperationException failure)
        {
            return Task.FromException<string?>(failure);
        }
    }
}
