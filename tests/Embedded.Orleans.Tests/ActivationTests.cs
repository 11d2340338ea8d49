using GpuScheduler.Embedded.Orleans.Tests.Grains;

namespace GpuScheduler.Embedded.Orleans.Tests;

public sealed class ActivationTests : LifeTest
{
    [Fact]
    public async Task A_reference_alone_activates_nothing_and_the_first_call_does()
    {
        var grain = Grains.GetGrain<ILifeGrain>("a");
        Assert.Empty(Stage.Notes);

        await grain.Number();

        Assert.Equal(["1 activates", "1 active", "1 serves"], Stage.Notes);
    }

    [Fact]
    public async Task Calls_at_the_same_time_share_one_activation()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            _ => Task.Run(() => Grains.GetGrain<ILifeGrain>("a").Number())));

        Assert.All(numbers, number => Assert.Equal(1, number));
    }

    [Fact]
    public async Task Calls_wait_until_the_activation_is_ready_even_interleaving_ones()
    {
        var grain = Grains.GetGrain<ILifeGrain>("slow");
        var call = grain.Number();
        var peek = grain.Peek();
        await Stage.Until("1 activates");
        Assert.False(call.IsCompleted);
        Assert.False(peek.IsCompleted);

        Stage.Open("activate");
        await Task.WhenAll(call, peek);

        Assert.Equal(["1 activates", "1 active", "1 serves"], Stage.Notes);
    }

    [Fact]
    public async Task A_failed_activation_fails_the_call_and_the_next_call_tries_anew()
    {
        var grain = Grains.GetGrain<ILifeGrain>("fails once");

        var failure = await Assert.ThrowsAsync<InvalidDataException>(grain.Number);

        Assert.Equal("no state", failure.Message);
        Assert.Equal(2, await grain.Number());
        Assert.DoesNotContain(Stage.Notes, note => note.Contains("deactivates", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_constructor_fails_the_call_and_the_next_call_tries_anew()
    {
        var grain = Grains.GetGrain<ILifeGrain>("constructor fails once");

        await Assert.ThrowsAsync<InvalidOperationException>(grain.Number);

        Assert.Equal(2, await grain.Number());
    }

    [Fact]
    public async Task A_grain_knows_its_key()
    {
        Assert.Equal("pool/one", await Grains.GetGrain<ILifeGrain>("pool/one").Key());
    }
}
