
namespace GpuScheduler.Grains.Views;

/// <summary>A node as administrators see it; Slurm's names.</summary>
[GenerateSerializer, Alias("gpusched.NodeCondition")]
public enum NodeCondition
{
    /// <summary>Connected, nothing granted.</summary>
    Idle = 1,

    /// <summary>Some of it is granted.</summary>
    Mixed = 2,

    /// <summary>Every card is granted, or every core where there is no card.</summary>
    Allocated = 3,

    /// <summary>Takes no new work; what runs may still run.</summary>
    Draining = 4,

    /// <summary>Takes no new work, and nothing runs.</summary>
    Drained = 5,

    /// <summary>Silent, within its lease: its attempts may still run.</summary>
    Unknown = 6,

    /// <summary>Silent beyond its lease.</summary>
    Down = 7,

    /// <summary>Cordoned by the system after launch failures.</summary>
    Fail = 8,

    /// <summary>Outside the hours in which it takes work: its owner's.</summary>
    Reserved = 9,
}
