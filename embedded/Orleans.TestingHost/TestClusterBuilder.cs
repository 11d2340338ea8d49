using Microsoft.Extensions.Configuration;

namespace Orleans.TestingHost;

/// <summary>Collects what a test needs of its cluster.</summary>
public class TestClusterBuilder(short initialSilosCount)
{
    private readonly List<Action<IConfigurationBuilder>> _configuration = [];

    public TestClusterBuilder()
        : this(2)
    {
    }

    public TestClusterOptions Options { get; } = new() { InitialSilosCount = initialSilosCount };

    /// <summary>Configuration values that silo configurators read through <c>ISiloBuilder.Configuration</c>.</summary>
    public Dictionary<string, string?> Properties { get; } = [];

    public TestClusterBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        _configuration.Add(configureDelegate);
        return this;
    }

    public TestClusterBuilder AddSiloBuilderConfigurator<T>()
        where T : new()
    {
        if (!typeof(ISiloConfigurator).IsAssignableFrom(typeof(T)))
            throw new ArgumentException($"{typeof(T)} does not implement {nameof(ISiloConfigurator)}.");
        Options.SiloBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName);
        return this;
    }

    public TestCluster Build()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Properties);
        foreach (var configure in _configuration)
            configure(configuration);
        return new TestCluster(Options, configuration.Build());
    }
}
