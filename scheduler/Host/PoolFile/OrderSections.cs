using System.Globalization;
using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Host.PoolFile;

/// <summary>
/// The sections that say who goes first, and who may have how much: <c>order</c>, <c>costs</c>, <c>shares</c>, <c>quotas</c>,
/// <c>limits</c>.
/// </summary>
internal static class OrderSections
{
    private const int MostPoints = 1_000_000;

    public static OrderConfig Order(YamlSection section)
    {
        var shipped = new OrderConfig();
        var order = new OrderConfig
        {
            Weights = section.Section("weights", Weights, shipped.Weights),
            MaxAge = section.Duration("maxAge", shipped.MaxAge, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)),
            MaxWait = section.Duration("maxWait", shipped.MaxWait, TimeSpan.Zero, TimeSpan.FromDays(365)),
            DeadlineWindow = section.Duration("deadlineWindow", shipped.DeadlineWindow, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)),
            HalfLife = section.Duration("halfLife", shipped.HalfLife, TimeSpan.Zero, TimeSpan.FromDays(3650)),
        };
        section.RefuseOthers();
        return order;
    }

    public static CostConfig Costs(YamlSection section)
    {
        var shipped = new CostConfig();
        var costs = new CostConfig
        {
            Datacenter = section.Decimal("datacenter", shipped.Datacenter, 0, 1000),
            Professional = section.Decimal("professional", shipped.Professional, 0, 1000),
            Consumer = section.Decimal("consumer", shipped.Consumer, 0, 1000),
            Integrated = section.Decimal("integrated", shipped.Integrated, 0, 1000),
            CpuCore = section.Decimal("cpuCore", shipped.CpuCore, 0, 1000),
        };
        section.RefuseOthers();
        return costs;
    }

    public static ShareConfig Shares(YamlSection section)
    {
        var shares = new ShareConfig { Users = Parties(section, "users"), Projects = Parties(section, "projects") };
        section.RefuseOthers();
        return shares;
    }

    public static QuotaConfig Quotas(YamlSection section)
    {
        var shipped = new QuotaConfig();
        var quotas = new QuotaConfig
        {
            JobsPerUser = section.Number("jobsPerUser", shipped.JobsPerUser, 1, int.MaxValue),
            MibPerUser = section.Memory("bytesPerUser", shipped.MibPerUser),
            Users = section.List("users", Rule) ?? [],
            Projects = section.List("projects", Rule) ?? [],
        };
        section.RefuseOthers();
        return quotas;
    }

    /// <summary>The limits of a tier, a user or a project.</summary>
    public static QuotaLimits Limits(YamlSection section)
    {
        var limits = Amounts(section);
        section.RefuseOthers();
        return limits;
    }

    private static QuotaRule Rule(YamlSection section)
    {
        var rule = new QuotaRule(section.Text("name", "a name, or '*' for everybody without a rule of their own"), Amounts(section));
        section.RefuseOthers();
        return rule;
    }

    private static QuotaLimits Amounts(YamlSection section) => new()
    {
        Running = section.NumberOrNone("running", 0, int.MaxValue),
        Submitted = section.NumberOrNone("submitted", 0, int.MaxValue),
        Gpus =
        [
            .. section.Table<int>("gpus", Milli, "a number of cards from 0 to 100000, such as 4 or 0.5").Select(
                entry => Cap(section, entry.Key, entry.Value)),
        ],
    };

    private static GpuCap Cap(YamlSection section, string name, int milli)
    {
        if (name == "any") return new GpuCap(null, null, milli);
        if (Enum.TryParse<DeviceClass>(name, ignoreCase: true,
            out var deviceClass) && Enum.IsDefined(deviceClass) && !char.IsAsciiDigit(name[0])) return new GpuCap(deviceClass, null, milli);
        if (DeviceCatalog.BuiltIn.Resolve(name) is { } model) return new GpuCap(null, model, milli);
        var near = Nearest.To(name, DeviceCatalog.BuiltIn.Keys, 1);
        section.Refuse("gpus", name, $"any, a device class, or a model{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : "")}");
        return new GpuCap(null, name, milli);
    }

    private static int? Milli(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cards) && cards <= 100_000
            && cards * DeviceShare.Whole % 1 == 0
            ? (int)(cards * DeviceShare.Whole)
            : null;

    private static IReadOnlyDictionary<string, int> Parties(YamlSection section, string key) => section.Table<int>(
        key,
        text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var shares) && shares is >= 1 and <= 1_000_000
                ? shares
                : null,
        "shares from 1 to 1000000");

    private static OrderWeights Weights(YamlSection section)
    {
        var shipped = new OrderWeights();
        var weights = new OrderWeights
        {
            Priority = section.Number("priority", shipped.Priority, 0, MostPoints),
            Age = section.Number("age", shipped.Age, 0, MostPoints),
            FairShare = section.Number("fairShare", shipped.FairShare, 0, MostPoints),
            Deadline = section.Number("deadline", shipped.Deadline, 0, MostPoints),
        };
        section.RefuseOthers();
        return weights;
    }
}
