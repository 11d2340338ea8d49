using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

/// <summary>The real server unpacks compressed messages, and asks its checks alone for a service's health.</summary>
public sealed partial class PythonClientTests
{
    [Fact]
    public async Task Compressed_message_is_UNIMPLEMENTED() =>
        Assert.Equal("UNIMPLEMENTED", (await RunAsync("compressed")).GetProperty("code").GetString());

    [Fact]
    public async Task Health_is_told_by_service()
    {
        _server!.Health.SetStatus("jobs", ServingStatus.NotServing);

        var result = await RunAsync("health");

        Assert.Equal("[8, 2]", result.GetProperty("named").GetRawText());
    }
}
