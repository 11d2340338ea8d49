namespace Orleans.TestingHost;

/// <summary>What a test says about its cluster.</summary>
public sealed class InProcessTestClusterOptions
{
    /// <summary>The embedded host has one silo, whatever number stands here.</summary>
    public short InitialSilosCount { get; set; }
}

/// <summary>Tells the silos of a cluster apart while they're set up.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    public required string SiloName { get; set; }
}
