using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>What <c>UseOrleans</c> hands to the application to set up the silo.</summary>
public interface ISiloBuilder
{
    /// <summary>The host's own services: the silo shares them.</summary>
    IServiceCollection Services { get; }

    IConfiguration Configuration { get; }
}
