using GpuScheduler.Embedded.Orleans.Tests.Grains;
using Orleans.Configuration;
using Orleans.Hosting;

namespace GpuScheduler.Embedded.Orleans.Tests;

public sealed class DeadlockTests : ClusterTest
{
    [Fact]
    public async Task A_grain_that_awaits_a_call_to_itself_gets_a_time_out()
    {
        await Assert.ThrowsAsync<TimeoutException>(Grains.GetGrain<ICallGrain>("a").CallItself);
    }

    protected override void Configure(ISiloBuilder silo) =>
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(200));
}
