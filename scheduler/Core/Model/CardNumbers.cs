namespace GpuScheduler.Core.Model;

/// <summary>
/// Numbers a node's cards from 0 in the order in which its worker announced them, as nvidia-smi numbers them. Parts of a card have
/// their card's number, so that all of them together can be named by it.
/// </summary>
public static class CardNumbers
{
    /// <summary>The number of each device, by uuid; also that of a card that is there only as its parts.</summary>
    public static IReadOnlyDictionary<string, int> Of(IReadOnlyList<Device> devices)
    {
        var numbers = new Dictionary<string, int>(devices.Count, StringComparer.Ordinal);
        var next = 0;
        foreach (var device in devices)
        {
            var whole = WholeOf(device);
            if (!numbers.TryGetValue(whole, out var number)) numbers[whole] = number = next++;
            numbers[device.Uuid] = number;
        }

        return numbers;
    }

    /// <summary>The card, or the one that it is a part of.</summary>
    public static string WholeOf(Device device) => device.Mig?.Parent ?? device.Uuid;
}
