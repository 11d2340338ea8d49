using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.BruteForce;

/// <summary>Tries every way to place a wish: all sets of nodes, all kinds of card. Shares no code with the engine.</summary>
internal static class Checker
{
    private static readonly Dictionary<string, string[]> Classes = new()
    {
        ["training"] = ["datacenter", "professional"],
        ["validation"] = ["consumer", "professional"],
    };

    /// <summary>Rank of the best class with room (0 is the tier's first choice); null: no room at all.</summary>
    public static int? BestRank(Ledger ledger, Wish wish)
    {
        if (!Limits.MayRunMore(ledger, wish)) return null;
        if (wish.Cards == 0) return ledger.Machines.Any(machine => HasMachine(ledger, wish, machine)) ? 0 : null;
        var ranks = ledger.Machines.SelectMany(machine => machine.Cards).Select(Kind.Of).Distinct()
            .Where(kind => Matches(wish, kind) && RankOf(wish, kind.Model) is not null && Limits.MayHave(ledger, wish, ClassOf(kind.Model)))
            .Where(
                kind =>
                    ledger.Machines.Count(machine => HasCards(ledger, wish, machine, kind) && HasMachine(ledger, wish,
                        machine)) >= wish.Nodes)
            .Select(kind => RankOf(wish, kind.Model)!.Value).ToList();
        return ranks.Count == 0 ? null : ranks.Min();
    }

    /// <summary>What is wrong with a grant; null: nothing. To be asked before the grant is booked.</summary>
    public static string? Objection(Ledger ledger, Wish wish, Allocation allocation)
    {
        if (allocation.Nodes.Select(share => share.Node).Distinct().Count() != wish.Nodes) return "wrong number of nodes";
        if (!Limits.MayRunMore(ledger, wish)) return "beyond its user's limit of running jobs";
        var kinds = new HashSet<Kind>();
        foreach (var share in allocation.Nodes)
        {
            var machine = ledger.Machines.Single(one => one.Id == share.Node);
            var given = machine.Cards.Where(card => share.Devices.Any(device => device.Uuid == card.Uuid)).ToList();
            if (given.Count != wish.Cards || share.Devices.Count != wish.Cards) return $"{machine.Name}: wrong number of cards";
            if (!given.TrueForAll(card => Has(ledger, wish, card, share.Devices.Single(device => device.Uuid == card.Uuid))))
                return $"{machine.Name}: cards of others";
            if (!HasMachine(ledger, wish, machine)) return $"{machine.Name}: no cores or memory left, or it closes too soon";
            if (!Feeds(ledger, machine, given)) return $"{machine.Name}: its supply can't feed the cards";
            kinds.UnionWith(given.Select(Kind.Of));
        }

        if (kinds.Count > 1) return "cards of several kinds";
        if (kinds.Any(kind => !Limits.MayHave(ledger, wish, ClassOf(kind.Model)))) return "beyond its user's limit of cards";
        return kinds.All(kind => Matches(wish, kind) && RankOf(wish, kind.Model) is not null) ? null : "a card that wasn't asked for";
    }

    /// <summary>Preference of a card's class; null: the tier may not use it.</summary>
    public static int? RankOf(Wish wish, string model) =>
        Array.IndexOf(Classes[wish.Tier], ClassOf(model)) is >= 0 and var rank ? rank : null;

    public static string ClassOf(string model) => model switch
    {
        Machine.A100 => "datacenter",
        Machine.Rtx6000Ada => "professional",
        _ => "consumer",
    };

    private static bool HasCards(Ledger ledger, Wish wish, Machine machine, Kind kind)
    {
        var cards = machine.Cards.Where(card => Kind.Of(card) == kind).ToList();
        if (wish.IsPart) return cards.Exists(card => HasRoomForPart(ledger, wish, card) && Feeds(ledger, machine, [card]));
        var free = cards.Intersect(ledger.FreeCards(machine)).ToList();
        return free.Count >= wish.Cards && Feeds(ledger, machine, free[..wish.Cards]);
    }

    /// <summary>The card can be granted so: a whole one that nobody has, or a part beside other parts.</summary>
    private static bool Has(Ledger ledger, Wish wish, AnnouncedDevice card, DeviceShare granted)
    {
        if (granted.MilliGpu != wish.Milli) return false;
        return wish.IsPart
            ? HasRoomForPart(ledger, wish, card) && granted.MemoryMib == MemoryOf(wish, card)
            : ledger.TakenOf(card.Uuid).Count == 0;
    }

    private static bool HasRoomForPart(Ledger ledger, Wish wish, AnnouncedDevice card)
    {
        var taken = ledger.TakenOf(card.Uuid);
        return taken.All(one => one.MilliGpu < DeviceShare.Whole) && taken.Sum(one => one.MilliGpu) + wish.Milli <= DeviceShare.Whole
            && taken.Sum(one => one.MemoryMib) + MemoryOf(wish, card) <= card.MemoryMib;
    }

    private static long MemoryOf(Wish wish, AnnouncedDevice card) =>
        wish.PartGib > 0 ? wish.PartGib * 1024L : card.MemoryMib * wish.Milli / DeviceShare.Whole;

    /// <summary>A card draws its watts once, however many have parts of it.</summary>
    private static bool Feeds(Ledger ledger, Machine machine, IEnumerable<AnnouncedDevice> more) =>
        machine.Power.BudgetWatts is not { } budget
        || ledger.Watts(machine) + more.Where(card => ledger.TakenOf(card.Uuid).Count == 0).Sum(card => card.Facts.Watts!.Value) <= budget;

    private static bool HasMachine(Ledger ledger, Wish wish, Machine machine) => ledger.FreeCores(machine, wish.Cards > 0) >= wish.Cores
        && ledger.FreeGib(machine) >= wish.MemoryGib && Limits.HoursLeft(machine) is var left && (left is null || wish.Hours <= left);

    private static bool Matches(Wish wish, Kind kind) => kind.Mig == wish.Mig
        && (wish.Model is null || NameOf(kind.Model) == wish.Model) && kind.MemoryMib >= Math.Max(wish.LeastGib, wish.PartGib) * 1024L;

    private static string NameOf(string model) => model switch
    {
        Machine.A100 => "A100",
        Machine.Rtx4090 => "RTX4090",
        Machine.Rtx3080 => "RTX3080",
        _ => "RTX6000ADA",
    };

    private readonly record struct Kind(string Model, long MemoryMib, string? Mig)
    {
        public static Kind Of(AnnouncedDevice card) => new(card.Model, card.MemoryMib, card.Mig?.Profile);
    }
}
