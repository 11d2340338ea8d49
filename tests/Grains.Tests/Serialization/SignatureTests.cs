using GpuScheduler.Grains.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Configuration;
using Orleans.TestingHost;

namespace GpuScheduler.Grains.Tests.Serialization;

/// <summary>Orleans' own look at what grains take and give.</summary>
public sealed class SignatureTests
{
    [Fact]
    public async Task Silo_ThatIsToCheckItsGrains_FindsEveryTypeWritableAndStarts()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureHost(host => host.Services.AddCoreMessages()
            .Configure<TypeManifestOptions>(options => options.EnableConfigurationAnalysis = true));
        await using var cluster = builder.Build();

        // Otherwise an exception names the types.
        await cluster.DeployAsync();

        Assert.Single(cluster.Silos);
    }
}
