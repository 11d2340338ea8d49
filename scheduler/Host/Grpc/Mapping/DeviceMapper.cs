using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Views;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>Cards, from workers and for clients.</summary>
internal static class DeviceMapper
{
    /// <summary>A card as its worker announces it; the driver is the machine's.</summary>
    public static AnnouncedDevice Announced(Wire.InventoryDevice device, int index, Wire.Inventory machine) => new(
        device.Uuid, device.Model, device.MemoryMib, EnumMapper.FromWire(device.DeviceClass))
    {
        Place = new DevicePlace(device.NvlinkGroup, device.HasNumaNode ? device.NumaNode : null, device.PcieSwitch),
        Facts = new CardFacts
        {
            ComputeCapability = Capability(device.ComputeCapability, $"devices[{index}].compute_capability"),
            Ecc = device.HasEcc ? device.Ecc : null,
            Driver = Version(machine.DriverVersion, "driver_version"),
            Cuda = Version(machine.CudaVersion, "cuda_version"),
            Watts = device.HasPowerLimitWatts ? device.PowerLimitWatts : null,
        },
        Mig = device.MigProfile.Length > 0 ? new MigSlice(device.MigProfile, device.ParentUuid) : null,
    };

    /// <summary>What a card's sensors say; a temperature that no card survives is a broken sensor's, and counts as unknown.</summary>
    public static CardReading Reading(Wire.DeviceReading reading) => new(
        reading.Uuid,
        reading is { HasTemperatureCelsius: true, TemperatureCelsius: > -50 and < 150 } ? reading.TemperatureCelsius : null,
        Math.Clamp(reading.RecentFaults, 0, Limits.CardFaults));

    public static Wire.Device ToWire(DeviceView view)
    {
        var (card, facts) = (view.Device, view.Device.Facts);
        var device = new Wire.Device
        {
            Uuid = card.Uuid,
            Model = card.Model,
            MemoryMib = card.MemoryMib,
            DeviceClass = EnumMapper.ToWire(card.Class),
            ClassSource = EnumMapper.ToWire(card.Source),
            State = view.Cordon is not null ? Wire.DeviceState.Cordoned : Wire.DeviceState.Healthy,
            Jobs = { view.Jobs.Select(job => job.ToString()) },
            MigProfile = card.Mig?.Profile ?? "",
            ParentUuid = card.Mig?.Parent ?? "",
            ComputeCapability = facts.ComputeCapability is { } capability ? GpuCondition.Capability(capability) : "",
            DriverVersion = facts.Driver,
            CudaVersion = facts.Cuda,
            MilliGranted = view.Use.MilliGpu,
            MemoryGrantedMib = view.Use.MemoryMib,
            OnLoan = view.OnLoan,
            Index = view.Number,
            DrainReason = view.Cordon?.Why ?? "",
            DrainedBy = view.Cordon?.User ?? "",
            HeldElsewhere = view.HeldElsewhere,
        };
        if (facts.Ecc is { } ecc) device.Ecc = ecc;
        return device;
    }

    private static int? Capability(string text, string field)
    {
        if (text.Length == 0) return null;
        return DottedVersion.TryParse(text, out var version) && version is { Major: > 0 and < 100, Minor: < 10, Patch: 0 }
            ? (version.Major * 10) + version.Minor
            : throw BadRequest.Of(field, text, "MAJOR.MINOR such as 8.0, or nothing");
    }

    private static string Version(string text, string field) => text.Length == 0 || DottedVersion.TryParse(text, out _)
        ? text
        : throw BadRequest.Of(field, text, "up to three numbers divided by points, such as 535.104.05, or nothing");
}
