using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests.Network;

/// <summary>Connections that come about although a proxy is set, and those that don't, each with its own words.</summary>
public sealed class ConnectionTests
{
    private static async Task<CliResult> Queue(string server, params string[] variables)
    {
        var cli = new Cli();
        foreach (var variable in variables)
            cli.Environment[variable.Split('=', 2)[0]] = variable.Split('=', 2)[1];

        return await cli.RunAsync("queue", "--server", server);
    }

    [Theory]
    [InlineData("http_proxy")]
    [InlineData("HTTP_PROXY")]
    [InlineData("https_proxy")]
    [InlineData("ALL_PROXY")]
    public async Task A_proxy_in_the_surroundings_hears_nothing_of_plain_http(string variable)
    {
        await using var scheduler = await FakeScheduler.StartAsync();
        using var proxy = new RecordingProxy();

        var result = await Queue(scheduler.Address, $"{variable}={proxy.Address}");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Empty(proxy.Heard);
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named_with_its_variable()
    {
        using var proxy = new RecordingProxy();

        var result = await Queue("https://scheduler.lab.invalid:7070", $"HTTPS_PROXY={proxy.Address}");

        Assert.Equal(69, result.ExitCode);
        Assert.Contains($"the proxy {proxy.Address} that HTTPS_PROXY names refused", result.Error, StringComparison.Ordinal);
        Assert.Contains("add scheduler.lab.invalid to no_proxy", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("CONNECT scheduler.lab.invalid:7070", proxy.Heard[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named_with_its_variable()
    {
        var result = await Queue("https://scheduler.lab.invalid:7070", "all_proxy=http://127.0.0.1:1");

        Assert.Contains(
            "through the proxy http://127.0.0.1:1 that all_proxy names", Assert.Single(result.Error.TrimEnd().Split('\n')),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_nobody_knows_is_told_apart() => Assert.Equal(
        new CliResult(
            69, "", "gpusched: the host 'scheduler.lab.invalid' of http://scheduler.lab.invalid:7070 is unknown: is its name right?\n"),
        await Queue("http://scheduler.lab.invalid:7070"));

    [Fact]
    public async Task Https_where_there_is_no_TLS_is_told_apart()
    {
        await using var scheduler = await FakeScheduler.StartAsync();
        var address = scheduler.Address.Replace("http://", "https://", StringComparison.Ordinal);

        Assert.Equal(
            new CliResult(
                69, "",
                $"gpusched: what answers at {address} speaks no TLS: a scheduler of this version has none; write http:// instead of "
                    + "https://\n"),
            await Queue(address));
    }

    [Fact]
    public async Task An_address_that_speaks_something_else_is_told_apart()
    {
        using var other = new RecordingProxy();

        Assert.Equal(NoScheduler(other.Address), await Queue(other.Address));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(200)]
    [InlineData(503)]
    public async Task So_is_one_that_speaks_HTTP_2_and_no_gRPC(int status)
    {
        await using var other = await FakeScheduler.StartOtherAsync(answer => answer.Response.StatusCode = status);

        Assert.Equal(NoScheduler(other.Address), await Queue(other.Address));
    }

    private static CliResult NoScheduler(string address) => new(
        69, "",
        $"gpusched: what answers at {address} is no scheduler's --listen address: another program's, or the one of --http for health and "
            + "metrics\n");
}
