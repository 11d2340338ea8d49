using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>No message is longer than a user can read, wherever it is made.</summary>
public sealed class FaultTests
{
    [Fact]
    public void What_is_too_long_is_cut_wherever_the_fault_is_made()
    {
        var fault = new Fault("name", new string('x', 5000), new string('y', 5000));

        Assert.Equal(new string('x', 79) + "…", fault.Value);
        Assert.Equal(500, fault.Allowed.Length);
        Assert.InRange(fault.ToString().Length, 1, 600);
    }

    [Fact]
    public void An_id_that_is_none_is_not_echoed_whole() =>
        Assert.Equal(200, new GpuScheduler.Core.Engine.JobOutcome(new string('x', 5000), false, "no such job").Id.Length);

    [Fact]
    public void Control_characters_do_not_pass() => Assert.Equal("a?[2Jb?", new Fault("name", "a\e[2Jb\n", "text").Value);
}
