using FsCheck.Fluent;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Testing;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class NodeNamesTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("b,a,b", "a b")]
    [InlineData("a, b ,lab-[1-4]", "a b lab-1 lab-2 lab-3 lab-4")]
    [InlineData("lab-[1,3-4]", "lab-1 lab-3 lab-4")]
    [InlineData("n[08-11]", "n08 n09 n10 n11")]
    [InlineData("n[0-2]", "n0 n1 n2")]
    [InlineData("r[1-2]n[1-2]-gpu", "r1n1-gpu r1n2-gpu r2n1-gpu r2n2-gpu")]
    [InlineData("desk_1.lab.example", "desk_1.lab.example")]
    public void Lists_are_expanded_and_sorted(string text, string names)
    {
        Assert.True(NodeNames.TryParse(text, "nodelist", out var read, out _));
        Assert.Equal(names, string.Join(' ', read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,,b")]
    [InlineData("a b")]
    [InlineData("lab-[1-4")]
    [InlineData("lab-1-4]")]
    [InlineData("lab-[]")]
    [InlineData("lab-[4-1]")]
    [InlineData("lab-[a-b]")]
    [InlineData("lab-[[1-2]]")]
    [InlineData("n[1-5000]")]
    [InlineData("n[1-100][1-100]")]
    [InlineData("n[1-4000],m[1-4000]")]
    [InlineData("n[00000000001]")]
    [InlineData("a/b")]
    [InlineData("ü")]
    [InlineData("a\nb")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(NodeNames.TryParse(text, "nodelist", out _, out var fault));
        Faults.AssertNames("nodelist", fault);
    }

    [Fact]
    public void A_long_pattern_is_refused_before_it_is_expanded()
    {
        Assert.False(NodeNames.TryParse("n[1-4096]" + new string('a', 1 << 20), "nodelist", out _, out var fault));
        Faults.AssertNames("nodelist", fault);
    }

    [Fact]
    public void Plain_names_stand_for_themselves()
    {
        var name = Gen.ArrayOf(Gen.Elements("ab-_.9".ToCharArray())).Where(letters => letters.Length > 0)
            .Select(letters => new string(letters));

        Prop.ForAll(Gen.ListOf(name).Where(list => list.Count > 0).ToArbitrary(), names =>
        {
            Assert.True(NodeNames.TryParse(string.Join(',', names), "nodelist", out var read, out _));
            Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), read);
        }).Holds();
    }
}
