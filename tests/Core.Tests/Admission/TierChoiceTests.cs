using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class TierChoiceTests
{
    [Theory]
    [InlineData("", "", "preprocessing", "asks for no GPU and names no tier")]
    [InlineData("", "0", "preprocessing", "asks for no GPU and names no tier")]
    [InlineData("", "1", "validation", "asks for a GPU and names no tier")]
    [InlineData("training", "1", "training", null)]
    [InlineData(" TRAINING ", "1", "training", null)]
    [InlineData("validation", "1", "validation", null)]
    [InlineData("preprocessing", "1", "preprocessing", null)]
    public void The_tier_is_named_or_derived_and_says_which(string tier, string gpus, string chosen, string? derivedFrom)
    {
        var spec = Admit(Plain with { Tier = tier, Gpus = gpus });

        Assert.Equal((chosen, derivedFrom), (spec.Tier, spec.TierDerivedFrom));
    }

    [Fact]
    public void An_unknown_tier_is_refused_with_the_nearest() => Assert.Equal(
        "tier: 'trainig': unknown tier; did you mean 'training'? tiers of this pool: training, validation, preprocessing",
        Assert.Single(Refuse(Plain with { Tier = "trainig", Gpus = "1" })).ToString());

    [Theory]
    [InlineData("training")]
    [InlineData("validation")]
    public void A_tier_of_cards_needs_a_card(string tier) => Assert.Equal(
        $"gpus: '': tier '{tier}' needs at least one GPU, such as --gpus 1", Assert.Single(Refuse(Plain with { Tier = tier })).ToString());

    [Fact]
    public void A_wrong_expression_is_not_also_called_missing() =>
        Assert.Equal("gpus", Assert.Single(Refuse(Plain with { Tier = "training", Gpus = "z100" })).Field);

    [Fact]
    public void A_tier_of_processors_gives_no_cards()
    {
        var admitter = Of(new TierConfig("cpu", [DeviceClass.Cpu], []));

        Assert.Contains(
            "gives no GPUs", Assert.Single(Refuse(Plain with { Tier = "cpu", Gpus = "1" }, "", admitter)).Allowed,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_validation_tier_the_first_that_gives_cards_is_taken()
    {
        var admitter = Of(
            new("cpu", [DeviceClass.Cpu], []), new("big", [DeviceClass.Datacenter], []), new("small", [DeviceClass.Consumer], []));

        Assert.Equal("big", Admit(Plain with { Gpus = "1" }, admitter).Tier);
    }

    [Fact]
    public void A_pool_without_a_fitting_tier_says_so()
    {
        var admitter = Of(new TierConfig("big", [DeviceClass.Datacenter], []));

        Assert.Equal("tier", Assert.Single(Refuse(Plain, "", admitter)).Field);
    }

    private static Admitter Of(params TierConfig[] tiers) => new(new PoolConfig { Tiers = tiers }, DeviceCatalog.BuiltIn);
}
