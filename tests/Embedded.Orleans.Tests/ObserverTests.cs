using System.Runtime.CompilerServices;
using GpuScheduler.Embedded.Orleans.Tests.Grains;

namespace GpuScheduler.Embedded.Orleans.Tests;

public sealed class ObserverTests : ClusterTest
{
    private IObserverGrain Grain => Grains.GetGrain<IObserverGrain>("a");

    [Fact]
    public async Task A_grain_calls_an_observer_in_order()
    {
        var listener = new Listener(Stage);
        await Grain.Subscribe(Grains.CreateObjectReference<IListener>(listener));

        await Grain.Say("one");
        await Grain.Say("two");
        await Grain.Say("three");

        await Stage.Until("heard three");
        Assert.Equal(["heard one", "heard two", "heard three"], Stage.Notes);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task An_observer_can_answer()
    {
        var listener = new Listener(Stage);
        await Grain.Subscribe(Grains.CreateObjectReference<IListener>(listener));

        Assert.Equal("echo", await Grain.Ask("echo"));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task A_deleted_observer_hears_nothing_more()
    {
        var first = new Listener(Stage);
        var reference = Grains.CreateObjectReference<IListener>(first);
        await Grain.Subscribe(reference);

        Grains.DeleteObjectReference<IListener>(reference);
        await Grain.Say("lost");
        var second = new Listener(Stage);
        await Grain.Subscribe(Grains.CreateObjectReference<IListener>(second));
        await Grain.Say("kept");

        await Stage.Until("heard kept");
        Assert.Equal(["heard kept"], Stage.Notes);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }

    [Fact]
    public async Task An_observer_is_not_kept_alive_and_calls_to_a_dead_one_are_dropped()
    {
        var observer = await SubscribeAndForgetAsync();
        for (var attempt = 0; attempt < 10 && observer.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        await Grain.Say("into the void");

        Assert.False(observer.IsAlive);
        Assert.Empty(Stage.Notes);
    }

    [Fact]
    public void A_grain_reference_is_no_observer()
    {
        Assert.Throws<ArgumentException>(() => Grains.DeleteObjectReference<IListener>(new Listener(Stage)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> SubscribeAndForgetAsync()
    {
        var listener = new Listener(Stage);
        await Grain.Subscribe(Grains.CreateObjectReference<IListener>(listener));
        return new WeakReference(listener);
    }

    private sealed class Listener(Stage stage) : IListener
    {
        public void Hear(string word) => stage.Note($"heard {word}");

        public Task<string> Answer(string word) => Task.FromResult(word);
    }
}
