using Orleans;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

[Alias("tests.IListener")]
public interface IListener : IGrainObserver
{
    [Alias("Hear")]
    void Hear(string word);

    [Alias("Answer")]
    Task<string> Answer(string word);
}

/// <summary>Speaks to one listener.</summary>
[Alias("tests.IObserverGrain")]
public interface IObserverGrain : IGrainWithStringKey
{
    [Alias("Subscribe")]
    Task Subscribe(IListener listener);

    [Alias("Say")]
    Task Say(string word);

    [Alias("Ask")]
    Task<string> Ask(string word);
}
