using FsCheck.Fluent;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class JobSelectorTests
{
    [Theory]
    [InlineData("12", "12")]
    [InlineData(" 12 ", "12")]
    [InlineData("12_3", "12_3")]
    [InlineData("12-15", "12 13 14 15")]
    [InlineData("12-12", "12")]
    [InlineData("12_[0-4]", "12_0 12_1 12_2 12_3 12_4")]
    [InlineData("12_[0,2-3]", "12_0 12_2 12_3")]
    [InlineData("12_[0-8:4]", "12_0 12_4 12_8")]
    [InlineData("9223372036854775806-9223372036854775807", "9223372036854775806 9223372036854775807")]
    public void Selectors_are_expanded(string text, string ids)
    {
        Assert.True(JobSelector.TryParse(text, "id", out var read, out _));
        Assert.Equal(ids, string.Join(' ', read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("abc")]
    [InlineData("15-12")]
    [InlineData("1-100001")]
    [InlineData("1-9223372036854775807")]
    [InlineData("99999999999999999999")]
    [InlineData("12_")]
    [InlineData("12_-1")]
    [InlineData("12_[]")]
    [InlineData("12_[0-4")]
    [InlineData("12[0-4]")]
    [InlineData("_[1]")]
    [InlineData("12_[0-200000]")]
    [InlineData("12_[4-0]")]
    [InlineData("12_3-5")]
    [InlineData("12,13")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(JobSelector.TryParse(text, "id", out var ids, out var fault));
        Assert.Empty(ids);
        Faults.AssertNames("id", fault);
    }

    [Fact]
    public void Every_job_id_selects_itself() => Prop.ForAll(
        (from number in Gen.Choose(1, int.MaxValue) from index in Gen.Choose(JobId.NoIndex, 1000) select new JobId(number, index))
            .ToArbitrary(), id =>
    {
        Assert.True(JobSelector.TryParse(id.ToString(), "id", out var ids, out _));
        Assert.Equal(id, Assert.Single(ids));
    }).Holds();
}
