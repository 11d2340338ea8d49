using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>Checks what every fault must have: the field, the value, and what is allowed, fit to print on one line.</summary>
internal static class Faults
{
    public static void AssertNames(string field, Fault? fault)
    {
        Assert.NotNull(fault);
        Assert.Equal(field, fault.Field);
        Assert.True(fault.Value.Length <= 80);
        Assert.NotEmpty(fault.Allowed);
        Assert.DoesNotContain(fault.ToString(), char.IsControl);
    }
}
