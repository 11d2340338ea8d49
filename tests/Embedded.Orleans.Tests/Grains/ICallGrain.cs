using Orleans;
using Orleans.Concurrency;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

/// <summary>A message as the scheduler's grains use them.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tests.Measurement")]
public sealed record Measurement([property: Id(0)] string Name, [property: Id(1)] double Value);

/// <summary>One method for each way a call can look or end.</summary>
[Alias("tests.ICallGrain")]
public interface ICallGrain : IGrainWithStringKey
{
    [Alias("Double")]
    Task<Measurement> Double(Measurement measurement);

    [Alias("Nothing")]
    ValueTask Nothing();

    [Alias("Length")]
    ValueTask<int> Length(string text);

    [Alias("FailAtOnce")]
    Task FailAtOnce();

    [Alias("FailLater")]
    Task<int> FailLater();

    [Alias("FailValueTask")]
    ValueTask<int> FailValueTask();

    /// <summary>Notes "waiting", then waits for the gate "call" or the token.</summary>
    [Alias("Wait")]
    Task Wait(CancellationToken cancellationToken);

    [Alias("CallItself")]
    Task CallItself();

    [Alias("CallAnother")]
    Task<int> CallAnother(string key, string text);

    /// <summary>Notes "forgotten starts", waits at the gate "forgotten", and fails.</summary>
    [OneWay]
    [Alias("Forget")]
    Task Forget();
}
