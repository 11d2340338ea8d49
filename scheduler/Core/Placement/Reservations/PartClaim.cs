using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>A part of a certain card that others are stopped for.</summary>
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

    /// <summary>True when a job may have a part of a card although others are being stopped to free parts of it for jobs before it.</summary>
    public static bool Leaves(Card card, CardShare share, Job? asker)
    {
        var slot = card.Group!.Slot;
        if (slot.Stakes.Count == 0 || asker is null) return true;
        var kept = slot.Stakes.Where(stake => stake.Claim.Part?.Card == card && stake.Promise.Job != asker).Select(stake => stake.Claim.Part!).ToList();
        return kept.Count == 0 || Fit(card, kept.Append(Of(card, share)), slot.Holds.Values.Where(hold => !hold.Fenced && hold.Attempt.StopCause is null));
    }
}
