using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>How a card is taken at some moment.</summary>
/// <param name="Holds">By how many: attempts, and parts that are promised.</param>
/// <param name="Whole">Of those, as a whole.</param>
/// <param name="Milli">Thousandths, in parts.</param>
/// <param name="MemoryMib">Of its memory, in parts, MiB.</param>
internal readonly record struct CardFill(int Holds, int Whole, int Milli, long MemoryMib)
{
    public CardFill With(PartClaim part) =>
        this with { Holds = Holds + 1, Milli = Milli + part.Milli, MemoryMib = MemoryMib + part.MemoryMib };

    public CardFill Without(DeviceShare held) => held.IsWhole
        ? this with { Holds = Holds - 1, Whole = Whole - 1 }
        : this with { Holds = Holds - 1, Milli = Milli - held.MilliGpu, MemoryMib = MemoryMib - held.MemoryMib };

    /// <summary>True when a part of the card fits beside all that.</summary>
    public bool HasRoom(PartClaim part) =>
        Whole == 0 && Milli + part.Milli <= DeviceShare.Whole && MemoryMib + part.MemoryMib <= part.Card.Device.MemoryMib;
}
