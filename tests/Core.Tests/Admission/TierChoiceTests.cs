using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class TierChoiceTests
{
    private const string Smaller =
        "would do with one smaller card, too, has no --checkpoint, no limit of 4 h or more, and names no tier";

    [Theory]
    [InlineData("", "", "preprocessing", "asks for no GPU and names no tier")]
    [InlineData("", "0", "preprocessing", "asks for no GPU and names no tier")]
    [InlineData("", "1", "validation", "asks for one card, has no --checkpoint, no limit of 4 h or more, and names no tier")]
    [InlineData("", "2", "training", "asks for several cards and names no tier")]
    [InlineData("", "a100", "training", "asks for a datacenter card and names no tier")]
    [InlineData("", "a100,h100:40GB..", "training", "asks for a datacenter card and names no tier")]
    [InlineData("", "rtx4090", "validation", "asks for one card, has no --checkpoint, no limit of 4 h or more, and names no tier")]
    [InlineData("", "[a100, rtx4090]", "validation", Smaller)]
    [InlineData("", "a100,rtx4090", "validation", Smaller)]
    [InlineData("", "[rtx4090:2, rtx4090]", "validation", Smaller)]
    [InlineData("", "[a100, rtx4090:2]", "training", "asks for a datacenter card or several cards and names no tier")]
    [InlineData("", "[a100, 48GB, h100]", "training", "asks for a datacenter card or a card of 40 GB or more and names no tier")]
    [InlineData("", "40GB..", "training", "asks for a card of 40 GB or more and names no tier")]
    [InlineData("", "48GB", "training", "asks for a card of 40 GB or more and names no tier")]
    [InlineData("", "24GB..48GB", "validation", "asks for one card, has no --checkpoint, no limit of 4 h or more, and names no tier")]
    [InlineData("", "..80GB", "validation", "asks for one card, has no --checkpoint, no limit of 4 h or more, and names no tier")]
    [InlineData("training", "1", "training", null)]
    [InlineData(" TRAINING ", "1", "training", null)]
    [InlineData("validation", "1", "validation", null)]
    [InlineData("preprocessing", "1", "preprocessing", null)]
    public void The_tier_is_named_or_derived_and_says_which(string tier, string gpus, string chosen, string? derivedFrom)
    {
        var spec = Admit(Plain with { Tier = tier, Gpus = gpus });

        Assert.Equal((chosen, derivedFrom), (spec.Tier, spec.TierDerivedFrom));
    }

    [Theory]
    [InlineData("4h", "training", "has a time limit of 4 h or more and names no tier")]
    [InlineData("UNLIMITED", "training", "has a time limit of 4 h or more and names no tier")]
    [InlineData("3:59:59", "validation", null)]
    public void A_long_limit_makes_long_work(string limit, string tier, string? derivedFrom)
    {
        var spec = Admit(Plain with { Gpus = "1", TimeLimit = limit });

        Assert.Equal(tier, spec.Tier);
        if (derivedFrom is not null) Assert.Equal(derivedFrom, spec.TierDerivedFrom);
    }

    [Fact]
    public void Work_that_saves_checkpoints_is_long()
    {
        var spec = Admit(Plain with { Gpus = "1", Checkpoint = new CheckpointSpec(true, "", "") });

        Assert.Equal(("training", "saves its work (--checkpoint) and names no tier"), (spec.Tier, spec.TierDerivedFrom));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_gang_has_several_cards_however_they_are_counted(bool perNode)
    {
        var spec = Admit(Plain with { Gpus = perNode ? "1" : "2", NodeCount = 2, GpusPerNode = perNode });

        Assert.Equal(("training", "asks for several cards and names no tier"), (spec.Tier, spec.TierDerivedFrom));
    }

    [Theory]
    [InlineData("validation", "1", false, "on loan on datacenter cards: may be stopped within 30 s; nothing is saved without --checkpoint")]
    [InlineData("validation", "a100", true, "on loan on datacenter cards: may be stopped within 30 s; it is asked to save first")]
    [InlineData("validation", "rtx4090", false, "")]
    [InlineData("training", "2", false, "")]
    [InlineData(
        "preprocessing", "", false,
        "stands back for jobs of training and validation: may be stopped within 30 s; nothing is saved without --checkpoint")]
    public void Whether_it_may_be_stopped_is_said(string tier, string gpus, bool saves, string expected)
    {
        var spec = Admit(Plain with { Tier = tier, Gpus = gpus, Checkpoint = new CheckpointSpec(saves, "", "") });

        Assert.Equal(expected, StopNotice.For(new PoolConfig(), spec, DeviceCatalog.BuiltIn));
    }

    [Fact]
    public void Where_tiers_have_other_names_all_cards_come_from_the_first_that_gives_some()
    {
        var admitter = Of(
            new("cpu", [DeviceClass.Cpu], []), new("big", [DeviceClass.Datacenter], []), new("small", [DeviceClass.Consumer], []));

        Assert.All(["1", "8", "a100", "rtx4090"], gpus => Assert.Equal("big", Admit(Plain with { Gpus = gpus }, admitter).Tier));
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
