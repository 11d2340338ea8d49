using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.BruteForce;

/// <summary>A small pool as the checker keeps it: what there is, and who has what.</summary>
internal sealed class Ledger(IReadOnlyList<Machine> machines)
{
    private readonly Dictionary<JobId, (Wish Wish, Allocation Allocation)> _held = [];

    public IReadOnlyList<Machine> Machines { get; } = machines;

    public IReadOnlyCollection<JobId> Holders => _held.Keys;

    public void Take(JobId job, Wish wish, Allocation allocation) => _held.Add(job, (wish, allocation));

    public void GiveBack(JobId job) => _held.Remove(job);

    /// <summary>What is taken of a card.</summary>
    public IReadOnlyList<DeviceShare> TakenOf(string uuid) =>
        [.. _held.Values.SelectMany(held => held.Allocation.Nodes).SelectMany(share => share.Devices).Where(device => device.Uuid == uuid)];

    public IReadOnlyList<AnnouncedDevice> FreeCards(Machine machine) => [.. machine.Cards.Where(card => TakenOf(card.Uuid).Count == 0)];

    /// <summary>What its cards that somebody has draw.</summary>
    public int Watts(Machine machine) => machine.Cards.Where(card => TakenOf(card.Uuid).Count > 0).Sum(card => card.Facts.Watts!.Value);

    /// <summary>Cores left for a wish with cards, or for one without: those kept to feed the cards are not for it.</summary>
    public int FreeCores(Machine machine, bool cards)
    {
        var used = Here(machine).Sum(wish => wish.Cores);
        var withoutCards = Here(machine).Where(wish => wish.Cards == 0).Sum(wish => wish.Cores);
        return cards ? machine.Cores - used : Math.Min(machine.Cores - used, machine.Cores - machine.ReservedCores - withoutCards);
    }

    public long FreeGib(Machine machine) => (machine.MemoryMib / 1024) - Here(machine).Sum(wish => (long)wish.MemoryGib);

    /// <summary>Jobs of a user that run.</summary>
    public int Running(string user) => _held.Values.Count(held => held.Wish.User == user);

    /// <summary>Thousandths of cards that a user has, of those that count.</summary>
    public int Milli(string user, Func<AnnouncedDevice, bool> counts) => _held.Values.Where(held => held.Wish.User == user)
        .SelectMany(held => held.Allocation.AllDevices())
        .Where(device => counts(Machines.SelectMany(machine => machine.Cards).Single(card => card.Uuid == device.Uuid)))
        .Sum(device => device.MilliGpu);

    private IEnumerable<Wish> Here(Machine machine) =>
        _held.Values.SelectMany(held => held.Allocation.Nodes.Where(share => share.Node == machine.Id).Select(_ => held.Wish));
}
