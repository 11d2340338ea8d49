using GpuScheduler.Core.Devices.Tables;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Devices;

/// <summary>Known kinds of cards: names them, grades them, and tells what their drivers don't.</summary>
public sealed class DeviceCatalog
{
    private readonly ILookup<string, DeviceModel> _byKey;
    private readonly Dictionary<string, string?> _aliases;

    /// <summary>A catalog of these models.</summary>
    public DeviceCatalog(IEnumerable<DeviceModel> models)
    {
        Models = [.. models];
        _byKey = Models.ToLookup(model => model.Key, StringComparer.Ordinal);
        Keys = [.. _byKey.Select(group => group.Key).Order(StringComparer.Ordinal)];
        _aliases = UserNames.AliasesOf(Keys);
    }

    /// <summary>The shipped catalog.</summary>
    public static DeviceCatalog BuiltIn { get; } = new(
    [
        .. DeviceTable.Read(DeviceClass.Datacenter, DatacenterCards.Table),
        .. DeviceTable.Read(DeviceClass.Professional, ProfessionalCards.Table),
        .. DeviceTable.Read(DeviceClass.Consumer, ConsumerCards.Table),
        .. DeviceTable.Read(DeviceClass.Integrated, IntegratedGraphics.Table),
    ]);

    /// <summary>Every form of every model, in the tables' order.</summary>
    public IReadOnlyList<DeviceModel> Models { get; }

    /// <summary>What requests may name, sorted.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>The key that a card answers to in requests; for unknown cards one made from the driver's name. Never empty for a
    /// name with a letter or digit. Placement compares it with <see cref="GpuAlternative.Model"/>.</summary>
    public static string KeyOf(string driverName) => DriverNames.Key(driverName);

    /// <summary>What a user's word stands for (<c>a100</c>, <c>rtx-4090</c>, <c>4090</c>, <c>2080ti</c>, <c>a6000</c>); null when it is
    /// unknown, or could be several (<c>rtx6000</c>).</summary>
    public string? Resolve(string userName) => _aliases.GetValueOrDefault(UserNames.Normalise(userName));

    /// <summary>What is known of a card; the form that fits the name and memory best; null for an unknown model.</summary>
    public DeviceModel? Find(string driverName, long memoryMib)
    {
        var words = DriverNames.Words(driverName);
        return _byKey[KeyOf(driverName)]
            .OrderByDescending(model => words.Contains(model.Form))
            .ThenBy(model => Math.Abs((model.MemoryMib ?? memoryMib) - memoryMib))
            .FirstOrDefault();
    }

    /// <summary>The card with its class (declared, else the catalog's, else by a rule over its name) and all that is known of it.</summary>
    public Device Classify(AnnouncedDevice announced)
    {
        var (name, mig) = announced.Mig is null && MigNames.Split(announced.Model) is var (model, profile)
            ? (model, new MigSlice(profile, ""))
            : (announced.Model, announced.Mig is { } said ? said with { Profile = MigNames.Normalise(said.Profile) } : null);
        var known = Find(name, announced.MemoryMib);
        var (deviceClass, source) = (announced.Class, known) switch
        {
            ({ } declared, _) => (declared, ClassSource.Declared),
            (null, not null) => (known.Class, ClassSource.Catalog),
            (null, null) => (ClassRules.Of(name), ClassSource.Rule),
        };
        return new Device(announced.Uuid, name, announced.MemoryMib, deviceClass, source)
        {
            Place = announced.Place,
            Facts = FactsFinder.Of(announced.Facts, known, mig),
            Mig = mig,
        };
    }
}
