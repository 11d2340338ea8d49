using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>How much of a card is granted.</summary>
internal static class CardUse
{
    private const int Whole = 1000;

    /// <summary>"all", "750m 18G" for parts, "-" for none.</summary>
    public static string Text(Device device)
    {
        if (device is { Jobs.Count: 0, HeldElsewhere: false }) return JobRows.None;
        return IsShared(device)
            ? string.Create(CultureInfo.InvariantCulture, $"{device.MilliGranted}m {device.MemoryGrantedMib / 1024.0:0.#}G")
            : "all";
    }

    /// <summary>Jobs have parts of it. A scheduler from before there were parts says 0.</summary>
    public static bool IsShared(Device device) =>
        device.MilliGranted is > 0 and < Whole || device is { MilliGranted: Whole, Jobs.Count: > 1 };
}
