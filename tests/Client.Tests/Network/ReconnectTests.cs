using GpuScheduler.Common.Network;
using GpuScheduler.Testing;

namespace GpuScheduler.Client.Tests.Network;

/// <summary>How client and worker alike try again.</summary>
public sealed class ReconnectTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Waits_grow_to_the_longest_and_stay_there_for_days()
    {
        var waits = await WaitsAsync(3000, () => 0.5);

        Assert.InRange(waits[0], First / 2, First * 2);
        Assert.Equal(waits.Order(), waits);
        Assert.All(waits[10..], wait => Assert.Equal(Longest, wait));
    }

    [Fact]
    public async Task Chance_spreads_who_lost_a_scheduler_together()
    {
        var (lucky, unlucky) = (await WaitsAsync(1, () => 0.1), await WaitsAsync(1, () => 0.9));

        Assert.True(lucky[0] < unlucky[0] / 2, $"{lucky[0]}, {unlucky[0]}");
    }

    [Fact]
    public async Task What_is_told_is_what_is_waited()
    {
        var told = new List<TimeSpan>();

        var waits = await WaitsAsync(5, () => 0.25, told.Add);

        Assert.Equal(waits, told.Select(HastyTimeProvider.Rounded));
    }

    [Fact]
    public async Task What_another_try_does_not_help_ends_it()
    {
        var time = new HastyTimeProvider();
        var pipeline = new Reconnect(time, () => 0.5, First, Longest).Pipeline(failed => failed.Exception is IOException);

        await Assert.ThrowsAsync<FormatException>(async () => await pipeline.ExecuteAsync<int>(_ => throw new FormatException()));

        Assert.Empty(time.Waits);
    }

    [Fact]
    public async Task Cancelled_it_ends_in_the_middle_of_a_wait()
    {
        var time = new ArmedTimeProvider();
        using var stop = new CancellationTokenSource();
        var pipeline = new Reconnect(time, () => 0.5, First, Longest).Pipeline(failed => failed.Exception is IOException);
        var trying = pipeline.ExecuteAsync<int>(_ => throw new IOException(), stop.Token).AsTask();
        await time.UntilArmedAsync(1);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trying);
    }

    /// <summary>The waits of so many tries in vain.</summary>
    private static async Task<List<TimeSpan>> WaitsAsync(int retries, Func<double> chance, Action<TimeSpan>? tell = null)
    {
        var time = new HastyTimeProvider();
        var pipeline = new Reconnect(time, chance, First, Longest) { MostRetries = retries }
            .Pipeline(failed => failed.Exception is IOException, tell: (_, wait) => tell?.Invoke(wait));
        await Assert.ThrowsAsync<IOException>(async () => await pipeline.ExecuteAsync<int>(_ => throw new IOException()));
        return [.. time.Waits];
    }
}
