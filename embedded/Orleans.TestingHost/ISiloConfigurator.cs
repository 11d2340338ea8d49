using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Sets up a test silo; named by type, as the real cluster creates it in the silo's own host.</summary>
public interface ISiloConfigurator
{
    void Configure(ISiloBuilder siloBuilder);
}
