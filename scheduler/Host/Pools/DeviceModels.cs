using System.Collections.Concurrent;

namespace GpuScheduler.Host.Pools;

/// <summary>Models of devices, by uuid. A uuid keeps its model for ever, so what was once learned stays true.</summary>
public sealed class DeviceModels(PoolClient pool)
{
    private readonly ConcurrentDictionary<string, string> _models = new();

    /// <summary>Models in the order of <paramref name="uuids"/>; empty text for a device that is in no node any more.</summary>
    public async Task<IReadOnlyList<string>> Of(IReadOnlyList<string> uuids)
    {
        if (uuids.Count == 0) return [];
        if (!uuids.All(_models.ContainsKey)) await Learn();
        return [.. uuids.Select(uuid => _models.GetOrAdd(uuid, ""))];
    }

    private async Task Learn()
    {
        foreach (var device in (await pool.Pool.GetPool()).Nodes.SelectMany(node => node.Devices))
            _models[device.Device.Uuid] = device.Device.Model;
    }
}
