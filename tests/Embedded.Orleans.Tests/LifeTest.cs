using GpuScheduler.Embedded.Orleans.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace GpuScheduler.Embedded.Orleans.Tests;

/// <summary>A silo with the services of <see cref="LifeGrain"/>.</summary>
public abstract class LifeTest : ClusterTest
{
    protected override void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<Activations>();
        silo.Services.AddScoped<ScopedThing>();
    }
}
