using GpuScheduler.Core.Config;
using GpuScheduler.Host.Observability;
using GpuScheduler.Host.Options;
using GpuScheduler.Host.PoolFile;
using Serilog.Events;

namespace GpuScheduler.Host.Tests.Observability;

/// <summary>The log is about the pool: libraries have a say in it only when something is wrong.</summary>
public sealed class LogLevelTests
{
    [Theory]
    [InlineData("GpuScheduler.Grains.Pools.PoolGrain", LogEventLevel.Information)]
    [InlineData("Orleans.Runtime.Silo", LogEventLevel.Warning)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", LogEventLevel.Warning)]
    [InlineData("Grpc.AspNetCore.Server.ServerCallHandler", LogEventLevel.Warning)]
    [InlineData("Polly", LogEventLevel.Warning)]
    public async Task Libraries_are_heard_from_warnings_on(string category, LogEventLevel least)
    {
        var options = new CheckedOptions(
            Path.GetTempPath(), new ListenAddress(null, "/none"), null, new PoolConfig(), PoolFilePath.Of(""), "",
            LogEventLevel.Information);
        await using var logger = ObservabilityExtensions.CreateLogger(options, TimeProvider.System);

        var ofCategory = logger.ForContext("SourceContext", category);

        Assert.True(ofCategory.IsEnabled(least));
        Assert.False(ofCategory.IsEnabled(least - 1));
    }
}
