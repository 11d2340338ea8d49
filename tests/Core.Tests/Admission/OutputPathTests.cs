using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>Where a job may write.</summary>
public sealed class OutputPathTests
{
    [Theory]
    [InlineData("%x-%j_%A_%a.%u.%N.log", true)]
    [InlineData("100%%", true)]
    [InlineData("out%", false)]
    [InlineData("out-%z", false)]
    [InlineData("out-%%z", true)]
    public void Output_patterns_are_checked(string pattern, bool accepted)
    {
        if (accepted) Admit(Plain with { Output = pattern });
        else Assert.Equal("output", Assert.Single(Refuse(Plain with { Output = pattern })).Field);
    }

    [Theory]
    [InlineData("/dev/stdout", "", false)]
    [InlineData("/dev/stderr", "", false)]
    [InlineData("/dev/fd/1", "", false)]
    [InlineData("/proc/self/fd/%a", "", false)]
    [InlineData("//tmp/..//dev/./tty", "", false)]
    [InlineData("stdout", "/dev", false)]
    [InlineData("../proc/self/environ", "/data", false)]
    [InlineData("/dev/null", "", true)]
    [InlineData("/dev/shm/%j.out", "", true)]
    [InlineData("dev/stdout", "/data", true)]
    [InlineData("/data/dev/stdout", "", true)]
    [InlineData("/dev/../data/out", "", true)]
    public void Output_never_goes_into_the_systems_own_places(string path, string folder, bool accepted)
    {
        var draft = Plain with { Output = path, Error = path, WorkingDirectory = folder };
        if (accepted) Admit(draft);
        else
        {
            var faults = Refuse(draft);
            Assert.Equal(["output", "error"], faults.Select(fault => fault.Field));
            Assert.All(faults, fault => Assert.Contains("outside /proc and /dev, or /dev/null", fault.Allowed, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("", 255, true)]
    [InlineData("", 256, false)]
    [InlineData("logs/", 256, false)]
    [InlineData("%%", 254, true)]
    [InlineData("%%", 255, false)]
    [InlineData("%x", 254, true)]
    [InlineData("ä", 254, false)]
    public void A_name_longer_than_a_files_is_refused(string before, int more, bool accepted)
    {
        var path = before + new string('x', more);
        if (accepted)
        {
            Admit(Plain with { Output = path });
            return;
        }

        var fault = Assert.Single(Refuse(Plain with { Output = path }));
        Assert.Equal("output", fault.Field);
        Assert.Contains("at most 255 bytes", fault.Allowed, StringComparison.Ordinal);
        Assert.InRange(fault.Value.Length, 1, 200);
        Assert.Equal("workdir", Assert.Single(Refuse(Plain with { WorkingDirectory = "/" + path })).Field);
    }
}
