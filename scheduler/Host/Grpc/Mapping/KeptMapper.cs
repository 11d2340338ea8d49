using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>Which store a worker serves, and what it keeps for others.</summary>
internal static class KeptMapper
{
    public static StoreClaim Served(Wire.ServedStore? store) => store?.Name is { Id.Length: > 0 } name
        ? new StoreClaim(name.Id, name.Generation, store.Opening, store.Commit, store.JobNumber)
        : StoreClaim.None;

    public static IReadOnlyList<KeptStore> Kept(IEnumerable<Wire.KeptStore> stores) =>
        [.. stores.Select(store => new KeptStore(
            store.Name?.Id ?? "", store.Name?.Generation ?? 0, [.. store.Attempts.Select(Attempt)]))];

    public static Wire.KeptStore ToWire(KeptStore store) => new()
    {
        Name = new() { Id = store.Id, Generation = store.Generation },
        Attempts = { store.Attempts.Select(ToWire) },
    };

    public static Wire.StoreName ToWire(StoreIdentity store) => new() { Id = store.Id, Generation = store.Generation };

    /// <summary>A worker from before stores had identities can't change its folder: it is told in words.</summary>
    public static Wire.ConnectResponse OtherStore(PoolReply.OtherStore other, Wire.WorkerHello hello) => hello.Instance.Length > 0
        ? new() { OtherStore = new() { Store = ToWire(other.Store), TakesOldFolders = other.TakesOldFolders } }
        : throw BadRequest.NotNow(
            $"node {hello.Node} holds attempts of another store, and its version ({hello.Version}) keeps all stores' attempts together; "
                + "install this scheduler's version of the worker there, or start it with an empty --data");

    private static KeptAttempt Attempt(Wire.KeptAttempt attempt) => new(
        attempt.JobId,
        attempt.Attempt,
        [.. attempt.Devices.Select(device => new DeviceShare(device.Uuid, device.MilliGpu, device.MemoryMib))],
        attempt.CpuCores,
        attempt.MemoryMib);

    private static Wire.KeptAttempt ToWire(KeptAttempt attempt) => new()
    {
        JobId = attempt.Job,
        Attempt = attempt.Number,
        Devices =
        {
            attempt.Devices.Select(device => new Wire.DeviceShare
            {
                Uuid = device.Uuid, MilliGpu = device.MilliGpu, MemoryMib = device.MemoryMib,
            }),
        },
        CpuCores = attempt.CpuCores,
        MemoryMib = attempt.MemoryMib,
    };
}
