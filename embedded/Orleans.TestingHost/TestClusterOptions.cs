namespace Orleans.TestingHost;

/// <summary>What a test says about its cluster.</summary>
public class TestClusterOptions
{
    /// <summary>The embedded host has one silo, whatever number stands here.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Assembly-qualified names, in order of configuration.</summary>
    public List<string?> SiloBuilderConfiguratorTypes { get; } = [];
}
