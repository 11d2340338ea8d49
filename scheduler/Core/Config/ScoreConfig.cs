namespace GpuScheduler.Core.Config;

/// <summary>
/// What counts when several devices would do (docs/policies.md): each score is 0 … 1, and the device with the highest sum of
/// weight × score gets the job. A weight of 0 switches a score off.
/// </summary>
public sealed record ScoreConfig
{
    /// <summary>The tier's order of device classes. The shipped weight is more than all others can outweigh, so that a training job
    /// never goes to a lesser class while a better one is free.</summary>
    public int TierPreference { get; init; } = 1000;

    /// <summary>How soon the job will have ended there: measured steps/s of its family, else the catalog's speed.</summary>
    public int FinishTime { get; init; } = 60;

    /// <summary>How little of the node's cards is spoilt for what else is asked for (the gradient of FGD).</summary>
    public int Fragmentation { get; init; } = 40;

    /// <summary>The job's checkpoint, and whatever else it left, is on the node already.</summary>
    public int Cache { get; init; } = 30;

    /// <summary>How far the cards are from the temperature at which they slow down.</summary>
    public int Thermal { get; init; } = 15;

    /// <summary>How much of the node's power budget is left.</summary>
    public int Power { get; init; } = 5;

    /// <summary>How rarely launches have failed on the node, and cards reported errors, lately.</summary>
    public int Faults { get; init; } = 25;

    /// <summary>Work for a joule, by the catalog's watts.</summary>
    public int Energy { get; init; } = 5;

    /// <summary>Work for what the card cost, by the catalog's price.</summary>
    public int Cost { get; init; } = 5;
}
