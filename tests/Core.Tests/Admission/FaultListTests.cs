using GpuScheduler.Core.Admission;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class FaultListTests
{
    [Fact]
    public void What_is_right_costs_no_text()
    {
        var (faults, value) = (new FaultList("jobs[3]."), new Watched());

        faults.Require(true, $"command[{value}]", $"{value}", $"at most {value}");

        Assert.False(faults.Any);
        Assert.Equal(0, value.Reads);
    }

    [Fact]
    public void What_is_wrong_is_told_with_the_job_it_is_in()
    {
        var faults = new FaultList("jobs[3].");

        faults.Require(false, $"command[{7}]", "sh\0", $"at most {12} bytes");

        var fault = Assert.Single(faults.All);
        Assert.Equal(("jobs[3].command[7]", "at most 12 bytes"), (fault.Field, fault.Allowed));
    }

    /// <summary>Hundreds of jobs come in one call: what each of them leaves to the garbage collector is paid by all.</summary>
    [Fact]
    public void Admitting_a_plain_job_makes_little_garbage()
    {
        const int Jobs = 1000, MostBytes = 1500;
        Drafts.Admit(Drafts.Plain);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < Jobs; i++) Drafts.Shipped.Admit(Drafts.Plain, "jobs[3].");

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Jobs, 0, MostBytes);
    }

    private sealed class Watched
    {
        public int Reads { get; private set; }

        public override string ToString()
        {
            Reads++;
            return "";
        }
    }
}
