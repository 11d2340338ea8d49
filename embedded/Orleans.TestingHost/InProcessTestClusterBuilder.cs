using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>As <see cref="TestClusterBuilder"/>, but set up by delegates, which can hand a test's own objects to the silo.</summary>
public sealed class InProcessTestClusterBuilder(short initialSilosCount)
{
    private readonly List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> _steps = [];

    public InProcessTestClusterBuilder()
        : this(1)
    {
    }

    public InProcessTestClusterOptions Options { get; } = new() { InitialSilosCount = initialSilosCount };

    /// <summary>For the silo and for the client, which share one host here.</summary>
    public InProcessTestClusterBuilder ConfigureHost(Action<IHostApplicationBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        _steps.Add((_, host) => configureDelegate(host));
        return this;
    }

    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureSiloDelegate);
        _steps.Add((options, host) => host.UseOrleans(silo => configureSiloDelegate(options, silo)));
        return this;
    }

    public InProcessTestClusterBuilder ConfigureSiloHost(
        Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureSiloHostDelegate);
        _steps.Add(configureSiloHostDelegate);
        return this;
    }

    public InProcessTestCluster Build() => new(Options, host =>
    {
        host.UseOrleans();
        var options = new InProcessTestSiloSpecificOptions { SiloName = "Primary" };
        foreach (var step in _steps)
            step(options, host);
    });
}
