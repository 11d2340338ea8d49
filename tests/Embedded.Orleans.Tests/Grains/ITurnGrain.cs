using Orleans;
using Orleans.Concurrency;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

/// <summary>Methods that note their start, wait at the gate named like them, and note their end.</summary>
[Alias("tests.ITurnGrain")]
public interface ITurnGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task Write(string name);

    /// <summary>Writes each name to the receiver, without waiting in between.</summary>
    [Alias("Send")]
    Task Send(string receiver, string[] names);

    [ReadOnly]
    [Alias("Read")]
    Task Read(string name);

    [AlwaysInterleave]
    [Alias("Interleave")]
    Task Interleave(string name);

    /// <summary>Reads a counter, lets others run if they may, and writes it back.</summary>
    [Alias("Increment")]
    Task<int> Increment();
}

/// <summary>The same methods on a class marked reentrant.</summary>
[Alias("tests.IReentrantTurnGrain")]
public interface IReentrantTurnGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task Write(string name);
}
