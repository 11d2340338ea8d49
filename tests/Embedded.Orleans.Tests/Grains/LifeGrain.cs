using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

/// <summary>
/// Keys: "slow" waits at the gate "activate"; "fails once" and "constructor fails once" do; "fails last" fails to deactivate.
/// </summary>
public sealed class LifeGrain : Grain, ILifeGrain
{
    private readonly Stage _stage;
    private readonly int _number;

    public LifeGrain(Stage stage, Activations activations)
    {
        _stage = stage;
        _number = activations.Next();
        if (this.GetPrimaryKeyString() == "constructor fails once" && _number == 1)
            throw new InvalidOperationException("constructor");
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stage.Note($"{_number} activates");
        if (this.GetPrimaryKeyString() == "slow")
            await _stage.Gate("activate");
        if (this.GetPrimaryKeyString() == "fails once" && _number == 1)
            throw new InvalidDataException("no state");
        _stage.Note($"{_number} active");
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stage.Note($"{_number} deactivates: {reason.ReasonCode}");
        return this.GetPrimaryKeyString() == "fails last"
            ? Task.FromException(new InvalidOperationException("last words"))
            : Task.CompletedTask;
    }

    public Task<int> Number()
    {
        _stage.Note($"{_number} serves");
        return Task.FromResult(_number);
    }

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public async Task<int> Leave()
    {
        ServiceProvider.GetRequiredService<ScopedThing>().Touch();
        DeactivateOnIdle();
        _stage.Note("leaving");
        await _stage.Gate("leave");
        _stage.Note("left");
        return _number;
    }

    public Task Delay(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    public Task<int> Peek() => Task.FromResult(_number);
}

[KeepAlive]
public sealed class KeptGrain(Stage stage) : Grain, IKeptGrain
{
    public Task Touch() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Note($"kept one deactivates: {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}

/// <summary>Numbers activations.</summary>
public sealed class Activations
{
    private int _last;

    public int Next() => Interlocked.Increment(ref _last);
}

/// <summary>A service of the activation's scope.</summary>
public sealed class ScopedThing(Stage stage) : IDisposable
{
    public void Touch() => stage.Note("scope used");

    public void Dispose() => stage.Note("scope disposed");
}
