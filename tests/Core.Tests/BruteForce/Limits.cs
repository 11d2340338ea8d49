using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.BruteForce;

/// <summary>Who may have how much, and when machines are open: as rules for the engine, and as the checker reckons with them.</summary>
internal static class Limits
{
    /// <summary>Ann has at most two cards and a half; eve at most two and a quarter of the datacenter's, and four jobs.</summary>
    public static QuotaConfig Quotas { get; } = new()
    {
        Users =
        [
            new QuotaRule("ann", new QuotaLimits { Gpus = [new GpuCap(null, null, 2500)] }),
            new QuotaRule("eve", new QuotaLimits { Running = 4, Gpus = [new GpuCap(DeviceClass.Datacenter, null, 2250)] }),
        ],
    };

    /// <summary>The clock stands at 09:00 UTC.</summary>
    public static IReadOnlyList<NodeRule> Hours { get; } =
    [
        new NodeRule { Name = "night*", Available = ["22:00-07:00"] },
        new NodeRule { Name = "noon*", Available = ["06:00-12:00"] },
    ];

    /// <summary>Null: it is always open; 0: it is closed.</summary>
    public static int? HoursLeft(Machine machine) => machine.Name[..4] switch
    {
        "nigh" => 0,
        "noon" => 3,
        _ => null,
    };

    /// <summary>False: it would be refused at once, as more than its user may ever have.</summary>
    public static bool MayAsk(Wish wish) =>
        wish.Cards * wish.Nodes * wish.Milli <= (wish.User == "eve" ? 2250 : wish.User == "ann" ? 2500 : int.MaxValue);

    public static bool MayRunMore(Ledger ledger, Wish wish) => wish.User != "eve" || ledger.Running("eve") < 4;

    public static bool MayHave(Ledger ledger, Wish wish, string deviceClass)
    {
        var wanted = wish.Cards * wish.Nodes * wish.Milli;
        return wish.User switch
        {
            "ann" => ledger.Milli("ann", _ => true) + wanted <= 2500,
            "eve" when deviceClass == "datacenter" =>
                ledger.Milli("eve", card => Checker.ClassOf(card.Model) == "datacenter") + wanted <= 2250,
            _ => true,
        };
    }
}
