using FsCheck.Fluent;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class DependencyExpressionTests
{
    [Theory]
    [InlineData("afterok:12", "afterok:12")]
    [InlineData("afterok:12:13,afterany:14_3", "afterok:12,afterok:13,afterany:14_3")]
    [InlineData("afterok:12?afternotok:13", "afterok:12?afternotok:13")]
    [InlineData("AfterOK : 12 , after:1", "afterok:12,after:1")]
    [InlineData("afterok:12:12", "afterok:12")]
    public void Dependencies_are_read(string text, string canonical)
    {
        Assert.True(DependencyExpression.TryParse(text, "dependency", out var dependency, out _));
        Assert.Equal(canonical, DependencyExpression.Format(dependency!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("afterok")]
    [InlineData("afterok:")]
    [InlineData("afterok:x")]
    [InlineData("afterok:0")]
    [InlineData("afterok:-1")]
    [InlineData("afterok:12_")]
    [InlineData("afterok:12_[1-2]")]
    [InlineData("after:12+5")]
    [InlineData("singleton")]
    [InlineData("aftercorr:12")]
    [InlineData("afterok:1,afterok:2?afterok:3")]
    [InlineData("afterok:1,")]
    [InlineData("afterok:99999999999999999999")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(DependencyExpression.TryParse(text, "dependency", out _, out var fault));
        Faults.AssertNames("dependency", fault);
    }

    [Fact]
    public void More_jobs_than_allowed_are_refused()
    {
        var text = "afterok:" + string.Join(':', Enumerable.Range(1, DependencyExpression.MaxTerms + 1));

        Assert.False(DependencyExpression.TryParse(text, "dependency", out _, out var fault));
        Assert.Contains("at most 1000", fault!.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_and_reading_again_changes_nothing()
    {
        var terms =
            from kind in Gen.Elements(Enum.GetValues<DependencyKind>())
            from number in Gen.Choose(1, 1_000_000)
            from index in Gen.Choose(JobId.NoIndex, 10)
            select new DependencyTerm(kind, new JobId(number, index));
        var dependencies =
            from list in Gen.ListOf(terms).Where(list => list.Count > 0)
            from any in Gen.Elements(true, false)
            select new DependencySpec([.. list.Distinct()], any);

        Prop.ForAll(dependencies.ToArbitrary(), dependency =>
        {
            Assert.True(DependencyExpression.TryParse(DependencyExpression.Format(dependency), "dependency", out var again, out _));
            Assert.Equal(dependency.Terms, again!.Terms);
            Assert.True(dependency.AnyOf == again.AnyOf || dependency.Terms.Count == 1);
        }).Holds();
    }
}
