using GpuScheduler.Worker.Session;

namespace GpuScheduler.Worker.Tests.Session;

public sealed class NodeAddressTests
{
    [Theory]
    [InlineData(null, "lab-a100", "lab-a100")]
    [InlineData(null, "lab-a100.example.org", "lab-a100.example.org")]
    [InlineData("10.0.0.7", "lab-a100", "10.0.0.7")]
    [InlineData("127.0.0.1", "lab-a100", "127.0.0.1")]
    [InlineData(null, "localhost", "")]
    [InlineData(null, "LocalHost.localdomain", "")]
    public void What_was_given_counts_else_the_machine_s_name_if_it_says_anything(string? given, string machine, string address) =>
        Assert.Equal(address, NodeAddress.Of(given, machine));

    [Theory]
    [InlineData("lab-a100", true)]
    [InlineData("lab.example.org", true)]
    [InlineData("10.0.0.7", true)]
    [InlineData("fd00::7", true)]
    [InlineData("", false)]
    [InlineData("lab:22", false)]
    [InlineData("http://lab", false)]
    [InlineData("lab a100", false)]
    [InlineData("lab\n", false)]
    public void Only_a_host_is_an_address(string text, bool valid) => Assert.Equal(valid, NodeAddress.IsValid(text));
}
