using FsCheck.Fluent;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class ArrayExpressionTests
{
    private const int Most = 1000;

    [Theory]
    [InlineData("0-99%8", "0-99%8", 100)]
    [InlineData("1,3,5-9:2", "1,3,5,7,9", 5)]
    [InlineData("7", "7", 1)]
    [InlineData("0-0", "0", 1)]
    [InlineData(" 3 , 1 ", "1,3", 2)]
    [InlineData("1-5,3", "1-5", 5)]
    [InlineData("0-10:5%2", "0,5,10%2", 3)]
    [InlineData("4000000", "4000000", 1)]
    [InlineData("0-3999999:1000000", "0,1000000,2000000,3000000", 4)]
    [InlineData("0-999", "0-999", 1000)]
    public void Arrays_are_read(string text, string canonical, int count)
    {
        Assert.True(ArrayExpression.TryParse(text, "array", Most, out var array, out _));
        Assert.Equal(canonical, ArrayExpression.Format(array!));
        Assert.Equal(count, array!.Indexes.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("5-1")]
    [InlineData("1-")]
    [InlineData("1,,2")]
    [InlineData("1-5:0")]
    [InlineData("5:2")]
    [InlineData("1-5:2:2")]
    [InlineData("1-2-3")]
    [InlineData("0-1000")]
    [InlineData("0-999,5")]
    [InlineData("4000001")]
    [InlineData("0-99999999999")]
    [InlineData("0-9%0")]
    [InlineData("0-9%")]
    [InlineData("0-9%-1")]
    [InlineData("0-9%2%3")]
    [InlineData("%5")]
    [InlineData("a-b")]
    [InlineData("[0-9]")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(ArrayExpression.TryParse(text, "array", Most, out _, out var fault));
        Faults.AssertNames("array", fault);
    }

    [Fact]
    public void Writing_and_reading_again_changes_nothing()
    {
        var arrays =
            from indexes in Gen.ListOf(Gen.Choose(0, 300)).Where(list => list.Count > 0)
            from limit in Gen.Choose(0, 20)
            select new ArraySpec([.. indexes.Distinct().Order()], limit == 0 ? null : limit);

        Prop.ForAll(arrays.ToArbitrary(), array =>
        {
            Assert.True(ArrayExpression.TryParse(ArrayExpression.Format(array), "array", Most, out var again, out _));
            Assert.Equal(array.Indexes, again!.Indexes);
            Assert.Equal(array.MaxRunning, again.MaxRunning);
        }).Holds();
    }
}
