using GpuScheduler.Embedded.Orleans.Tests.Grains;

namespace GpuScheduler.Embedded.Orleans.Tests.EmbeddedOnly;

/// <summary>In a cluster the cancellation is a message of its own, and the request may be faster.</summary>
public sealed class CancellationTests : ClusterTest
{
    private ICallGrain Grain => Grains.GetGrain<ICallGrain>("a");

    [Fact]
    public async Task A_call_cancelled_before_its_turn_never_runs()
    {
        using var cancellation = new CancellationTokenSource();
        var first = Grain.Wait(CancellationToken.None);
        await Stage.Until("waiting");
        var second = Grain.Wait(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        Stage.Open("call");
        await first;
        await Grain.Nothing();

        Assert.Equal(["waiting", "nothing"], Stage.Notes);
    }
}
