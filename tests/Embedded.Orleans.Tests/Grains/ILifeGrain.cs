using Orleans;
using Orleans.Concurrency;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

/// <summary>Notes what happens to it. Its key says how it behaves: see <see cref="LifeGrain"/>.</summary>
[Alias("tests.ILifeGrain")]
public interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>Number of this activation among all of the test, from 1.</summary>
    [Alias("Number")]
    Task<int> Number();

    [Alias("Key")]
    Task<string> Key();

    /// <summary>Asks for deactivation, then waits at the gate "leave".</summary>
    [Alias("Leave")]
    Task<int> Leave();

    [Alias("Delay")]
    Task Delay(TimeSpan span);

    /// <summary>May come in while <see cref="Leave"/> waits.</summary>
    [AlwaysInterleave]
    [Alias("Peek")]
    Task<int> Peek();
}

[Alias("tests.IKeptGrain")]
public interface IKeptGrain : IGrainWithStringKey
{
    [Alias("Touch")]
    Task Touch();
}
