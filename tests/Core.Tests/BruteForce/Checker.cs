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
        if (wish.Cards == 0) return Subsets(ledger, wish, _ => true) ? 0 : null;
        var ranks = ledger.Machines.SelectMany(machine => machine.Cards).Select(card => (card.Model, card.MemoryMib)).Distinct()
            .Where(kind => Matches(wish, kind) && RankOf(wish, kind.Model) is not null)
            .Where(kind => Subsets(ledger, wish, machine => ledger.FreeCards(machine).Count(card => (card.Model, card.MemoryMib) == kind) >= wish.Cards))
            .Select(kind => RankOf(wish, kind.Model)!.Value).ToList();
        return ranks.Count == 0 ? null : ranks.Min();
    }

    /// <summary>What is wrong with a grant; null: nothing. To be asked before the grant is booked.</summary>
    public static string? Objection(Ledger ledger, Wish wish, Allocation allocation)
    {
        if (allocation.Nodes.Select(share => share.Node).Distinct().Count() != wish.Nodes) return "wrong number of nodes";
        var cards = new List<AnnouncedDevice>();
        foreach (var share in allocation.Nodes)
        {
            var machine = ledger.Machines.Single(one => one.Id == share.Node);
            var given = ledger.FreeCards(machine).Where(card => share.Devices.Any(device => device.Uuid == card.Uuid)).ToList();
            if (given.Count != wish.Cards || share.Devices.Count != wish.Cards) return $"{machine.Name}: wrong number of cards, or cards of others";
            if (!HasMachine(ledger, wish, machine)) return $"{machine.Name}: no cores or memory left";
            cards.AddRange(given);
        }

        if (cards.Select(card => (card.Model, card.MemoryMib)).Distinct().Count() > 1) return "cards of several kinds";
        return cards.TrueForAll(card => Matches(wish, (card.Model, card.MemoryMib)) && RankOf(wish, card.Model) is not null) ? null : "a card that wasn't asked for";
    }

    /// <summary>Preference of a card's class; null: the tier may not use it.</summary>
    public static int? RankOf(Wish wish, string model) =>
        Array.IndexOf(Classes[wish.Tier], ClassOf(model)) is >= 0 and var rank ? rank : null;

    private static bool Subsets(Ledger ledger, Wish wish, Func<Machine, bool> hasCards) =>
        ledger.Machines.Count(machine => hasCards(machine) && HasMachine(ledger, wish, machine)) >= wish.Nodes;

    private static bool HasMachine(Ledger ledger, Wish wish, Machine machine) =>
        ledger.FreeCores(machine, wish.Cards > 0) >= wish.Cores && ledger.FreeGib(machine) >= wish.MemoryGib;

    private static bool Matches(Wish wish, (string Model, long MemoryMib) kind) =>
        (wish.Model is null || NameOf(kind.Model) == wish.Model) && kind.MemoryMib >= wish.LeastGib * 1024L;

    private static string NameOf(string model) => model switch
    {
        Machine.A100 => "A100",
        Machine.Rtx4090 => "RTX4090",
        Machine.Rtx3080 => "RTX3080",
        _ => "RTX6000ADA",
    };

    private static string ClassOf(string model) => model switch
    {
        Machine.A100 => "datacenter",
        Machine.Rtx6000Ada => "professional",
        _ => "consumer",
    };
}
