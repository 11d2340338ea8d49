using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Inventory;

/// <summary>From YAML fields to one card: uuid, model, memory; where they differ from what the scheduler's catalog says class, capability,
/// ecc; for a part of a card mig and parent; nvlinkGroup, numa and pcieSwitch for where it sits; powerLimit in W; temperature and
/// recentFaults stand in for sensors.</summary>
internal static class DeviceReader
{
    private const string UuidAllowed = "letters, digits, '-', '_', '.', ':' and '/'";
    private const string ProfileAllowed = "a profile of a part of a card, such as 1g.10gb";

    private const int LongestPlace = 64;
    private const int MostSockets = 1_023;
    private const int MostWatts = 100_000;
    private const int MostFaults = 1_000_000;
    private const int Hottest = 149;

    private static readonly string PlaceAllowed = $"a name of at most {LongestPlace} letters, digits, '-', '_', '.', ':' and '/', the "
        + "same for all cards that share it";

    private static readonly Dictionary<string, DeviceClass> Classes = new(StringComparer.Ordinal)
    {
        ["datacenter"] = DeviceClass.Datacenter,
        ["professional"] = DeviceClass.Professional,
        ["consumer"] = DeviceClass.Consumer,
        ["integrated"] = DeviceClass.Integrated,
        ["cpu"] = DeviceClass.Cpu,
    };

    /// <summary>The card, and what its sensors shall say, for tests and demos; null: nothing is declared.</summary>
    public static (InventoryDevice Device, DeviceReading? Reading) Read(YamlField entry)
    {
        var fields = entry.Mapping(
            "uuid", "model", "memory", "class", "capability", "ecc", "mig", "parent", "nvlinkGroup", "numa", "pcieSwitch", "powerLimit",
            "temperature", "recentFaults");
        var device = new InventoryDevice
        {
            Uuid = fields.Require("uuid", UuidAllowed)?.Text(IsUuid, UuidAllowed) ?? "",
            Model = fields.Require("model", "the model's name")?.Text("the model's name") ?? "",
            MemoryMib = fields.Require("memory", MemorySize.Allowed)?.MemoryMib() ?? 0,
            DeviceClass = fields.Find("class") is { } named ? ReadClass(named) : DeviceClass.Unspecified,
            ComputeCapability = fields.Find("capability")?.Text(IsCapability, "MAJOR.MINOR such as 8.0") ?? "",
        };
        if (fields.Find("ecc") is { } ecc) device.Ecc = ecc.Text(text => text is "true" or "false", "true or false") == "true";
        if (fields.Find("mig") is { } mig) ReadSlice(mig, fields, device);
        else if (fields.Find("parent") is { } parent) parent.Refuse($"only together with 'mig', {ProfileAllowed}");
        ReadPlace(fields, device);
        if (fields.Find("powerLimit") is { } limit) device.PowerLimitWatts = limit.Number(1, MostWatts);
        return (device, ReadSensors(fields, device.Uuid));
    }

    /// <summary>Null: nothing is declared.</summary>
    private static DeviceReading? ReadSensors(YamlMapping fields, string uuid)
    {
        if (fields.Find("temperature") is null && fields.Find("recentFaults") is null) return null;
        var reading = new DeviceReading { Uuid = uuid, RecentFaults = fields.Find("recentFaults")?.Number(0, MostFaults) ?? 0 };
        if (fields.Find("temperature") is { } celsius) reading.TemperatureCelsius = celsius.Number(0, Hottest);
        return reading;
    }

    private static void ReadPlace(YamlMapping fields, InventoryDevice device)
    {
        if (fields.Find("nvlinkGroup") is { } linked)
        {
            if (device.MigProfile.Length > 0) linked.Refuse("only for whole cards: parts of one are not linked");
            else device.NvlinkGroup = linked.Text(IsPlace, PlaceAllowed);
        }

        device.PcieSwitch = fields.Find("pcieSwitch")?.Text(IsPlace, PlaceAllowed) ?? "";
        if (fields.Find("numa") is { } socket) device.NumaNode = socket.Number(0, MostSockets);
    }

    private static void ReadSlice(YamlField mig, YamlMapping fields, InventoryDevice device)
    {
        device.MigProfile = mig.Text(IsProfile, ProfileAllowed);
        device.ParentUuid = fields.Require("parent", "the uuid of the card that it is a part of")?.Text(IsUuid, UuidAllowed) ?? "";
    }

    /// <summary>These go into CUDA_VISIBLE_DEVICES, where a comma separates.</summary>
    private static bool IsUuid(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.:/".Contains(letter));

    private static bool IsPlace(string text) => text.Length <= LongestPlace && IsUuid(text);

    private static bool IsCapability(string text) =>
        text.Split('.') is [{ Length: 1 or 2 } major, { Length: 1 } minor] && (major + minor).All(char.IsAsciiDigit) && major[0] != '0';

    /// <summary>The form only: which profiles a card has is its driver's business.</summary>
    private static bool IsProfile(string text) => text.Split('+')[0].Split("g.") is [var slices, var memory]
        && slices.Length > 0 && slices.All(char.IsAsciiDigit)
        && memory.EndsWith("gb", StringComparison.OrdinalIgnoreCase) && memory.Length > 2 && memory[..^2].All(char.IsAsciiDigit);

    private static DeviceClass ReadClass(YamlField field) =>
        Classes.GetValueOrDefault(field.Text(Classes.ContainsKey, string.Join(", ", Classes.Keys)));
}
