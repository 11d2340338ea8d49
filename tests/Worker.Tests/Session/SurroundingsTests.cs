using System.Net;
using System.Net.Sockets;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Session;

/// <summary>A worker as a real process, in surroundings that must not keep it from its scheduler.</summary>
public sealed class SurroundingsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FakeScheduler _scheduler = null!;

    private string Data => Path.Combine(_folder.Path, "data");

    public async ValueTask InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        if (Directory.Exists(Data)) ControlGroups.Remove(new(Data));
        _folder.Dispose();
    }

    [Theory]
    [InlineData("http_proxy")]
    [InlineData("HTTP_PROXY")]
    [InlineData("https_proxy")]
    [InlineData("HTTPS_PROXY")]
    [InlineData("all_proxy")]
    [InlineData("ALL_PROXY")]
    public async Task A_proxy_keeps_no_worker_away_and_hears_nothing(string variable)
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        using var agent = AgentProcess.StartWith(_scheduler.Address, Data, $"{variable}=http://{proxy.LocalEndpoint}");

        await _scheduler.Talk.UntilAsync(_ => _scheduler.Talk.Hellos.Count == 1, "a hello");

        Assert.False(proxy.Pending());
        Assert.Equal(0, await agent.TerminateAsync());
    }

    [Fact]
    public async Task A_connection_that_fails_through_a_proxy_names_its_variable()
    {
        using var agent = AgentProcess.StartWith(new("https://scheduler.lab.invalid:7070"), Data, "all_proxy=http://127.0.0.1:1");
        var log = Path.Combine(Data, "logs");
        const string Words = "through the proxy http://127.0.0.1:1 that all_proxy names";

        await Processes.UntilAsync(
            () => Directory.Exists(log)
                && Directory.EnumerateFiles(log).Any(file => File.ReadAllText(file).Contains(Words, StringComparison.Ordinal)),
            "the proxy to be named");

        Assert.Equal(0, await agent.TerminateAsync());
    }

    [Fact]
    public async Task A_directory_that_is_gone_and_closed_streams_do_not_matter()
    {
        using var agent = AgentProcess.StartNowhere(_scheduler.Address, Data);
        var job = A.Command("true");

        await _scheduler.Talk.DispatchAsync(job);
        var ended = await _scheduler.Talk.EndOfAsync(job);

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(0, await agent.TerminateAsync());
    }
}
