using GpuScheduler.Common.Network;

namespace GpuScheduler.Client.Tests.Network;

/// <summary>Which way a connection goes, by the scheduler's address and the variables that name proxies.</summary>
public sealed class ProxyRouteTests
{
    private const string Proxy = "http://proxy.lab:3128";

    private static ProxyRoute Route(string server, params string[] variables)
    {
        var set = variables.Select(entry => entry.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        return ProxyRoute.To(new(server), set.GetValueOrDefault);
    }

    [Theory]
    [InlineData("http_proxy")]
    [InlineData("HTTP_PROXY")]
    [InlineData("https_proxy")]
    [InlineData("HTTPS_PROXY")]
    [InlineData("all_proxy")]
    [InlineData("ALL_PROXY")]
    public void Plain_http_goes_straight_whatever_is_set(string variable)
    {
        Assert.Null(Route("http://vm:7070", $"{variable}={Proxy}").Proxy);
        Assert.Null(Route("http://127.0.0.1:7070", $"{variable}={Proxy}").Proxy);
    }

    [Theory]
    [InlineData("https_proxy")]
    [InlineData("HTTPS_PROXY")]
    [InlineData("all_proxy")]
    [InlineData("ALL_PROXY")]
    public void Https_goes_through_the_proxy_that_is_named(string variable)
    {
        var route = Route("https://vm:7070", $"{variable}=http://me:secret@proxy.lab:3128");

        Assert.Equal("proxy.lab", route.Proxy!.Host);
        Assert.Equal($"the proxy {Proxy} that {variable} names", route.Words);
    }

    [Theory]
    [InlineData("https://localhost:7070")]
    [InlineData("https://127.0.0.1:7070")]
    [InlineData("https://127.8.8.8:7070")]
    [InlineData("https://[::1]:7070")]
    public void This_machine_itself_is_reached_straight(string server) => Assert.Null(Route(server, $"ALL_PROXY={Proxy}").Proxy);

    [Theory]
    [InlineData("vm.lab.example", "vm.lab.example", true)]
    [InlineData("vm.lab.example", "VM.Lab.Example", true)]
    [InlineData("vm.lab.example", "lab.example", true)]
    [InlineData("vm.lab.example", ".lab.example", true)]
    [InlineData("vm.lab.example", "*.lab.example", true)]
    [InlineData("lab.example", ".lab.example", true)]
    [InlineData("myvm.lab.example", "vm.lab.example", false)]
    [InlineData("vm.lab.example", "example.org, ,lab.example", true)]
    [InlineData("vm.lab.example", "other other2 lab.example:7070", true)]
    [InlineData("vm.lab.example", "lab.example:443", false)]
    [InlineData("vm.lab.example", "*", true)]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("10.1.2.3", "10.0.0.0/8", true)]
    [InlineData("10.1.2.3", "10.9.9.9/8", true)]
    [InlineData("11.1.2.3", "10.0.0.0/8", false)]
    [InlineData("10.1.2.3", "10.1.2.2/31:7070", true)]
    [InlineData("10.1.2.3", "0.0.0.0/0", true)]
    [InlineData("10.1.2.3", "10.0.0.0/33", false)]
    [InlineData("[fd00::12]", "fd00::/16", true)]
    [InlineData("[fd00::12]", "fd00::12", true)]
    [InlineData("[fd00::12]", "[fd00::12]:7070", true)]
    [InlineData("[fd00::12]", "[fd00::12]:7071", false)]
    [InlineData("[fd00::12]", "fe80::/10", false)]
    [InlineData("vm", "", false)]
    public void What_no_proxy_names_is_reached_straight(string host, string list, bool straight)
    {
        Assert.Equal(straight, Route($"https://{host}:7070", $"HTTPS_PROXY={Proxy}", $"no_proxy={list}").Proxy is null);
        Assert.Equal(straight, Route($"https://{host}:7070", $"HTTPS_PROXY={Proxy}", $"NO_PROXY={list}").Proxy is null);
    }

    [Fact]
    public void A_proxy_without_a_scheme_is_one_of_http() =>
        Assert.Equal(new Uri(Proxy), Route("https://vm:7070", "https_proxy=proxy.lab:3128").Proxy);

    [Theory]
    [InlineData("ftp://proxy.lab")]
    [InlineData("http://:3128")]
    [InlineData("http://a b")]
    public void What_is_no_proxys_address_is_told_with_its_variable(string value) => Assert.Contains(
        "https_proxy: ", Assert.Throws<FormatException>(() => Route("https://vm:7070", "https_proxy=" + value)).Message,
        StringComparison.Ordinal);
}
