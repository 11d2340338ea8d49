using GpuScheduler.Grains.Messages;
using GpuScheduler.Host.Watching;

namespace GpuScheduler.Host.Tests.Watching;

public sealed class FeedSubscriptionTests : IDisposable
{
    private readonly FeedSubscription _subscription = new(_ => { });

    public void Dispose() => _subscription.Dispose();

    [Fact]
    public async Task Changes_ComeInOrder()
    {
        _subscription.Add(Change(1), missed: false);
        _subscription.Add(Change(2), missed: false);

        await _subscription.Wait(default);
        Assert.True(_subscription.TryTake(out var first));
        Assert.Equal((1, false), (first!.Sequence, _subscription.Missed));
    }

    [Fact]
    public void SlowWatcher_IsToldToLookAnewInsteadOfFillingMemory()
    {
        for (var i = 0; i < 1_000; i++) _subscription.Add(Change(i), missed: false);

        Assert.True(_subscription.Missed);
        _subscription.Forget();
        Assert.False(_subscription.Missed);
        Assert.False(_subscription.TryTake(out _));
    }

    [Fact]
    public async Task MissedChange_WakesTheWatcher()
    {
        var waiting = _subscription.Wait(default);
        _subscription.LookAnew();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(_subscription.Missed);
    }

    private static PoolChange Change(long sequence) => new(1, sequence, [], false);
}
