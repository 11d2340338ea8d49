using Orleans.Configuration;
using Orleans.Hosting;

namespace GpuScheduler.Embedded.Orleans.Tests;

public abstract partial class ClusterTest
{
    static partial void LeaveClockToGrains(ISiloBuilder silo) =>
        silo.Configure<DeploymentLoadPublisherOptions>(options => options.DeploymentLoadPublisherRefreshTime = TimeSpan.Zero);
}
