using FsCheck.Fluent;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Testing;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class MemorySizeTests
{
    [Theory]
    [InlineData("16GiB", 16384)]
    [InlineData("16G", 16384)]
    [InlineData("16gb", 16384)]
    [InlineData(" 16 G ", 16384)]
    [InlineData("512M", 512)]
    [InlineData("1.5TiB", 1572864)]
    [InlineData("16384", 16384)]
    [InlineData("1K", 1)]
    [InlineData("2049K", 3)]
    [InlineData("0.5G", 512)]
    [InlineData("1024T", 1073741824)]
    public void Sizes_are_read_into_mib(string text, long mib)
    {
        Assert.True(MemorySize.TryParse(text, "memory", out var read, out _));
        Assert.Equal(mib, read);
    }

    [Theory]
    [InlineData("-1G")]
    [InlineData("-16384")]
    [InlineData("0")]
    [InlineData("0G")]
    [InlineData("0.0")]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("1..5G")]
    [InlineData("1.5.5G")]
    [InlineData(".5G")]
    [InlineData("1.G")]
    [InlineData("1,5G")]
    [InlineData("1e3G")]
    [InlineData("16X")]
    [InlineData("16GBB")]
    [InlineData("16 Gi")]
    [InlineData("16P")]
    [InlineData("1025T")]
    [InlineData("99999999999999999999999999999999T")]
    [InlineData("0x10")]
    [InlineData("١٦G")]
    [InlineData("NaN")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(MemorySize.TryParse(text, "memory", out _, out var fault));
        Faults.AssertNames("memory", fault);
    }

    [Fact]
    public void Writing_and_reading_again_changes_nothing() => Prop.ForAll(Gen.Choose(1, 1 << 30).ToArbitrary(), mib =>
    {
        Assert.True(MemorySize.TryParse(MemorySize.Format(mib), "memory", out var again, out _));
        Assert.Equal(mib, again);
    }).Holds();
}
