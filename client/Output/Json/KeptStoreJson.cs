using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output.Json;

/// <summary>What a worker keeps for another store.</summary>
/// <param name="Id">The store's; null: from before stores had identities.</param>
internal sealed record KeptStoreJson(string? Id, long Generation, IReadOnlyList<KeptAttemptJson> Attempts)
{
    public static KeptStoreJson From(KeptStore store) => new(
        store.Name is { Id.Length: > 0 } name ? name.Id : null,
        store.Name?.Generation ?? 0,
        [.. store.Attempts.Select(KeptAttemptJson.From)]);
}

/// <summary>An attempt of another store that still runs, and what it holds.</summary>
/// <param name="Job">Of the other store.</param>
internal sealed record KeptAttemptJson(string Job, int Attempt, IReadOnlyList<string> Devices, int CpuCores, long MemoryMib)
{
    public static KeptAttemptJson From(KeptAttempt attempt) => new(
        attempt.JobId, attempt.Attempt, [.. attempt.Devices.Select(device => device.Uuid)], attempt.CpuCores, attempt.MemoryMib);
}
