using Orleans;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

public sealed class ObserverGrain : Grain, IObserverGrain
{
    private IListener? _listener;

    public Task Subscribe(IListener listener)
    {
        _listener = listener;
        return Task.CompletedTask;
    }

    public Task Say(string word)
    {
        _listener!.Hear(word);
        return Task.CompletedTask;
    }

    public Task<string> Ask(string word) => _listener!.Answer(word);
}
