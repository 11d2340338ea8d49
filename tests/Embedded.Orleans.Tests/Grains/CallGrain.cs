using Orleans;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

public sealed class CallGrain(Stage stage) : Grain, ICallGrain
{
    public Task<Measurement> Double(Measurement measurement) =>
        Task.FromResult(measurement with { Value = 2 * measurement.Value });

    public ValueTask Nothing()
    {
        stage.Note("nothing");
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> Length(string text) => ValueTask.FromResult(text.Length);

    public Task FailAtOnce() => throw new InvalidOperationException("at once");

    public async Task<int> FailLater()
    {
        await Task.Yield();
        throw new InvalidDataException("later");
    }

    public ValueTask<int> FailValueTask() => ValueTask.FromException<int>(new InvalidDataException("value"));

    public async Task Wait(CancellationToken cancellationToken)
    {
        stage.Note("waiting");
        try
        {
            await stage.Gate("call").WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            stage.Note("cancelled");
            throw;
        }
    }

    public Task CallItself() => this.AsReference<ICallGrain>().Nothing().AsTask();

    public async Task<int> CallAnother(string key, string text) => await GrainFactory.GetGrain<ICallGrain>(key).Length(text);

    public async Task Forget()
    {
        stage.Note("forgotten starts");
        await stage.Gate("forgotten");
        stage.Note("forgotten fails");
        throw new InvalidOperationException("nobody hears this");
    }
}
