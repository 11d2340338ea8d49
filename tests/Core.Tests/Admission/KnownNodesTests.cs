using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Model;
using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>Machines by what people call them.</summary>
public sealed class KnownNodesTests
{
    private static readonly KnownNodes Pool =
        new(["Desk-7.Lab.Example.ORG", "lab-a100", "gpu1.east.example", "gpu1.west.example", "box", "BOX2", "box2"]);

    [Theory]
    [InlineData("lab-a100", "lab-a100")]
    [InlineData("LAB-A100", "lab-a100")]
    [InlineData("desk-7.lab.example.org", "Desk-7.Lab.Example.ORG")]
    [InlineData("Desk-7", "Desk-7.Lab.Example.ORG")]
    [InlineData("lab-a100.lab.example.org", "lab-a100")]
    [InlineData("desk-7.other.example.org", null)]
    [InlineData("gpu1", null)]
    [InlineData("gpu1.East.example", "gpu1.east.example")]
    [InlineData("BOX2", "BOX2")]
    [InlineData("box2", "box2")]
    [InlineData("Box2", null)]
    [InlineData("lab-a10", null)]
    [InlineData("", null)]
    public void One_machine_is_found_without_case_and_by_its_first_part(string name, string? found) => Assert.Equal(found, Pool.Find(name));

    [Theory]
    [InlineData("lab-a10", " (did you mean 'lab-a100'?)")]
    [InlineData("gpu1", " (did you mean 'gpu1.east.example' or 'gpu1.west.example'?)")]
    [InlineData("desk-7.lab.exampel.org", " (did you mean 'Desk-7.Lab.Example.ORG'?)")]
    [InlineData("desk-8", " (did you mean 'Desk-7.Lab.Example.ORG'?)")]
    [InlineData("something-else", "")]
    public void A_name_of_none_gets_a_hint(string name, string hint) => Assert.Equal(hint, Pool.Hint(name));

    [Fact]
    public void A_request_holds_the_machines_own_names()
    {
        Node[] pool = [Node("Desk-7.lab", 0), Node("lab-cpu", 0)];
        var request = Admit(Plain with { NodeList = "desk-7,LAB-CPU,later", Exclude = "Lab-Cpu" }).Request;

        var resolved = NodeWishes.Resolve(request, pool);

        Assert.Equal(["Desk-7.lab", "lab-cpu", "later"], resolved.Nodes);
        Assert.Equal(["lab-cpu"], resolved.ExcludedNodes);
        Assert.Equal(["nodelist: no node of the pool is called 'later'"], NodeWishes.Warnings(resolved, pool));
    }

    [Fact]
    public void What_is_excluded_in_vain_is_told_with_a_hint()
    {
        var request = Admit(Plain with { Exclude = "lab-cpo" }).Request;

        Assert.Equal(
            ["exclude: no node of the pool is called 'lab-cpo' (did you mean 'lab-cpu'?)"],
            NodeWishes.Warnings(request, [Node("lab-cpu", 0)]));
    }
}
