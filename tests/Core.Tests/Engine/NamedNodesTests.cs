using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>Lists of nodes that were written before the machines joined, in another spelling than theirs.</summary>
public sealed class NamedNodesTests
{
    private readonly TestPool _pool = new TestPool().Join(new Machine("other").With(4, Machine.A100, 80));

    [Theory]
    [InlineData("LAB", "lab", true)]
    [InlineData("lab", "Lab.example.org", true)]
    [InlineData("Lab.Example.ORG", "lab", true)]
    [InlineData("LAB.example.org", "lab.EXAMPLE.org", true)]
    [InlineData("lab.example.org", "lab.example.com", false)]
    [InlineData("lab", "lab2", false)]
    [InlineData("lab-2", "lab", false)]
    public void A_job_waits_for_the_machine_that_it_names(string asked, string name, bool isMeant)
    {
        var card = _pool.Submit(Drafts.Training() with { NodeList = asked });
        var part = _pool.Submit(Drafts.Validation() with { GpuShare = "0.5", NodeList = asked });
        var cores = _pool.Submit(Drafts.Job(tier: "preprocessing") with { NodeList = asked });

        _pool.Join(new Machine(name).With(2, Machine.A100, 80));

        Assert.All([card, part, cores], job => Assert.Equal(isMeant, _pool.PlaceOf(job).StartsWith($"{name}:", StringComparison.Ordinal)
            || _pool.PlaceOf(job) == name));
    }

    [Theory]
    [InlineData("LAB", "lab")]
    [InlineData("lab.example.org", "Lab")]
    public void A_machine_that_is_excluded_is_not_used(string asked, string name)
    {
        _pool.Step(new PoolInput.Drain("other", "full", null, "ann"));
        var job = _pool.Submit(Drafts.Training() with { Exclude = asked });

        _pool.Join(new Machine(name).With(2, Machine.A100, 80));

        Assert.Equal("-", _pool.PlaceOf(job));
    }

    [Fact]
    public void A_name_that_may_mean_two_machines_means_neither()
    {
        var job = _pool.Submit(Drafts.Training() with { NodeList = "lab", Hold = true });
        _pool.Join(new Machine("lab.a").With(1, Machine.A100, 80), new Machine("lab.b").With(1, Machine.A100, 80));

        _pool.Step(new PoolInput.Release([$"{job}"], "ann"));

        Assert.Equal("-", _pool.PlaceOf(job));
        Assert.Equal(Reason.BadConstraints, _pool.ReasonOf(job));
    }

    [Fact]
    public void Two_spellings_of_one_machine_are_one_machine()
    {
        var gang = _pool.Submit(Drafts.Training("2") with { NodeList = "LAB,lab,Lab.example.org", NodeCount = 2 });

        _pool.Join(new Machine("lab").With(2, Machine.A100, 80));

        Assert.Equal("-", _pool.PlaceOf(gang));
    }

    [Fact]
    public void What_is_promised_names_the_machine_by_its_own_name()
    {
        var job = _pool.Submit(Drafts.Training("2") with { NodeList = "LAB" });
        var first = _pool.Submit(Drafts.Training("2") with { NodeList = "lab", Priority = 10, TimeLimit = "1h" });

        _pool.Join(new Machine("lab").With(2, Machine.A100, 80));

        Assert.Equal("lab: GPU-lab-0 GPU-lab-1", _pool.PlaceOf(first));
        Assert.Equal([new NodeId("lab")], _pool.State.PromiseTo(_pool[job])!.Nodes);
    }
}
