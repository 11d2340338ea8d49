using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>A part of a certain card that is kept for a job.</summary>
/// <param name="Card">The card.</param>
/// <param name="Milli">Thousandths of its computing power.</param>
/// <param name="MemoryMib">Of its memory, MiB.</param>
internal sealed record PartClaim(Card Card, int Milli, long MemoryMib)
{
    public static PartClaim Of(Card card, CardShare share) => new(card, share.Milli, Math.Max(1, share.MemoryOf(card.Device.MemoryMib)));

    /// <summary>True when a card has room for parts beside the attempts that stay.</summary>
    /// <param name="card">The card.</param>
    /// <param name="parts">Parts, of which those of this card count.</param>
    /// <param name="stay">Attempts, of which those on this card count.</param>
    public static bool Fit(Card card, IEnumerable<PartClaim> parts, IEnumerable<Hold> stay)
    {
        var (milli, memory) = (0, 0L);
        foreach (var part in parts)
        {
            if (part.Card == card) (milli, memory) = (milli + part.Milli, memory + part.MemoryMib);
        }

        foreach (var hold in stay)
        {
            foreach (var held in hold.Share.Devices)
            {
                if (!string.Equals(held.Uuid, card.Device.Uuid, StringComparison.Ordinal)) continue;
                if (held.IsWhole) return false;
                (milli, memory) = (milli + held.MilliGpu, memory + held.MemoryMib);
            }
        }

        return milli <= DeviceShare.Whole && memory <= card.Device.MemoryMib;
    }

    /// <summary>True when a part of a card is kept for another job.</summary>
    public static bool IsKept(Card card, Job? asker)
    {
        var stakes = card.Group!.Slot.Stakes;
        for (var i = 0; i < stakes.Count; i++)
        {
            if (stakes[i].Claim.Part?.Card == card && stakes[i].Promise.Job != asker) return true;
        }

        return false;
    }
}
