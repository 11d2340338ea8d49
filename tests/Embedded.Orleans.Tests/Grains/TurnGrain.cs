using Orleans;
using Orleans.Concurrency;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

public sealed class TurnGrain(Stage stage) : Grain, ITurnGrain
{
    private int _count;

    public Task Write(string name) => PassAsync(name);

    public Task Read(string name) => PassAsync(name);

    public Task Interleave(string name) => PassAsync(name);

    public Task Send(string receiver, string[] names) =>
        Task.WhenAll(names.Select(GrainFactory.GetGrain<ITurnGrain>(receiver).Write));

    public async Task<int> Increment()
    {
        var before = _count;
        await Task.Yield();
        return _count = before + 1;
    }

    private async Task PassAsync(string name)
    {
        stage.Note($"{name} starts");
        await stage.Gate(name);
        stage.Note($"{name} ends");
    }
}

[Reentrant]
public sealed class ReentrantTurnGrain(Stage stage) : Grain, IReentrantTurnGrain
{
    public async Task Write(string name)
    {
        stage.Note($"{name} starts");
        await stage.Gate(name);
        stage.Note($"{name} ends");
    }
}
