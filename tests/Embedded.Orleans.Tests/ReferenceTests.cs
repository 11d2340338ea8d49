using GpuScheduler.Embedded.Orleans.Tests.Grains;
using Orleans;
using Orleans.Runtime;

namespace GpuScheduler.Embedded.Orleans.Tests;

/// <summary>An interface that no class implements.</summary>
public interface INobodysGrain : IGrainWithStringKey
{
    Task Nothing();
}

public sealed class ReferenceTests : ClusterTest
{
    [Fact]
    public void References_to_one_grain_are_equal()
    {
        var grain = Grains.GetGrain<ICallGrain>("a");

        Assert.Equal(grain, Grains.GetGrain<ICallGrain>("a"));
        Assert.Equal(grain.GetHashCode(), Grains.GetGrain<ICallGrain>("a").GetHashCode());
        Assert.NotEqual(grain, Grains.GetGrain<ICallGrain>("b"));
    }

    [Fact]
    public void A_reference_knows_its_grains_id()
    {
        var grain = Grains.GetGrain<ICallGrain>("a/b");

        Assert.Equal("a/b", grain.GetPrimaryKeyString());
        Assert.Equal(GrainId.Create("call", "a/b"), grain.GetGrainId());
        Assert.Equal("call/a/b", grain.GetGrainId().ToString());
    }

    [Fact]
    public async Task A_grain_is_found_by_its_id()
    {
        var id = Grains.GetGrain<ICallGrain>("a").GetGrainId();

        Assert.Equal(3, await Grains.GetGrain<ICallGrain>(id).Length("job"));
    }

    [Fact]
    public void An_interface_without_a_class_is_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => Grains.GetGrain<INobodysGrain>("a"));

        Assert.Contains(nameof(INobodysGrain), failure.Message, StringComparison.Ordinal);
    }
}
