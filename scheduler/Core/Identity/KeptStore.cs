using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Identity;

/// <summary>What a worker keeps for another store: that store's folder, and the attempts of it that still run.</summary>
/// <param name="Id">The other store; empty: from before stores had identities.</param>
/// <param name="Generation">Of the other store.</param>
/// <param name="Attempts">Those that still run. Their ends are told to their own store alone.</param>
public sealed record KeptStore(string Id, long Generation, IReadOnlyList<KeptAttempt> Attempts);

/// <summary>An attempt of another store, and what it holds here until it has ended.</summary>
/// <param name="Job">The other store's.</param>
/// <param name="Number">Of the attempt.</param>
/// <param name="Devices">Cards, or parts of them.</param>
/// <param name="CpuCores">Cores.</param>
/// <param name="MemoryMib">Host memory, MiB.</param>
public sealed record KeptAttempt(string Job, int Number, IReadOnlyList<DeviceShare> Devices, int CpuCores, long MemoryMib);
