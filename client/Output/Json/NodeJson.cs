using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output.Json;

/// <summary>A machine as programs read it.</summary>
internal sealed record NodeJson(
    string Name, string State, int CpuCores, int CpuFree, long MemoryMib, IReadOnlyList<DeviceJson> Devices)
{
    public static NodeJson From(Node node) => new(
        node.Name,
        EnumNames.Of(node.State),
        node.CpuCores,
        node.CpuFree,
        node.MemoryMib,
        [.. node.Devices.Select(DeviceJson.From)]);
}

internal sealed record DeviceJson(string Uuid, string Model, string Class, long MemoryMib, string State, IReadOnlyList<string> Jobs)
{
    public static DeviceJson From(Device device) => new(
        device.Uuid,
        device.Model,
        EnumNames.Of(device.DeviceClass),
        device.MemoryMib,
        EnumNames.Of(device.State),
        [.. device.Jobs]);
}

internal sealed record NodesJson(IReadOnlyList<NodeJson> Nodes);
