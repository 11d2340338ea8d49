using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Devices;

public sealed class CardFactsTests
{
    [Theory]
    [InlineData("NVIDIA H100 80GB HBM3", "fp64 fp32 tf32 fp16 bf16 fp8")]
    [InlineData("NVIDIA A100-SXM4-80GB", "fp64 fp32 tf32 fp16 bf16")]
    [InlineData("NVIDIA A10", "fp32 tf32 fp16 bf16")]
    [InlineData("NVIDIA L40S", "fp32 tf32 fp16 bf16 fp8")]
    [InlineData("Tesla V100-SXM2-32GB", "fp64 fp32 fp16")]
    [InlineData("Tesla T4", "fp32 fp16")]
    [InlineData("Tesla P100-PCIE-16GB", "fp64 fp32 fp16")]
    [InlineData("Tesla P40", "fp32")]
    [InlineData("Tesla K80", "fp64 fp32")]
    [InlineData("NVIDIA GeForce RTX 4090", "fp32 tf32 fp16 bf16 fp8")]
    [InlineData("NVIDIA GeForce RTX 3080", "fp32 tf32 fp16 bf16")]
    [InlineData("GeForce GTX 1070", "fp32")]
    [InlineData("TITAN V", "fp64 fp32 fp16")]
    [InlineData("AMD Instinct MI210", "fp64 fp32 fp16 bf16")]
    [InlineData("AMD Instinct MI300X OAM", "fp64 fp32 tf32 fp16 bf16 fp8")]
    [InlineData("Flux Capacitor", "fp32")]
    public void Cards_compute_what_they_compute_at_a_useful_rate(string name, string precisions)
    {
        var facts = DeviceCatalog.BuiltIn.Classify(new AnnouncedDevice("u", name, 16_384, null)).Facts;

        var has = Enum.GetValues<Precision>().Where(precision => PrecisionSupport.Has(facts, precision));
        Assert.Equal(precisions, string.Join(' ', has).ToLowerInvariant());
    }

    /// <summary>Two sources that must not contradict one another: the rule by compute capability, and the tables' figures.</summary>
    [Fact]
    public void The_tables_have_a_figure_wherever_the_rule_says_yes() => Assert.All(
        DeviceCatalog.BuiltIn.Models.Where(model => model.ComputeCapability is not null && model.Key != "RTXPRO6000"), model =>
        {
            var facts = DeviceCatalog.BuiltIn.Classify(new AnnouncedDevice("u", model.Key, model.MemoryMib!.Value, null)).Facts;
            foreach (var precision in Enum.GetValues<Precision>().Where(precision => PrecisionSupport.Has(facts, precision)))
                Assert.True(facts.Rates.Of(precision) is not null, $"{model.Key}: {precision}");
        });

    [Fact]
    public void What_the_worker_says_outweighs_the_catalog()
    {
        var announced = new AnnouncedDevice("u", "NVIDIA A100-SXM4-80GB", 81_920, null)
        {
            Facts = new CardFacts { Ecc = false, Driver = "550.54.15", Cuda = "12.4" },
        };

        var facts = DeviceCatalog.BuiltIn.Classify(announced).Facts;

        Assert.Equal((80, false, true, "550.54.15", "12.4"), (facts.ComputeCapability, facts.Ecc, facts.Link, facts.Driver, facts.Cuda));
    }

    [Fact]
    public void A_part_of_a_card_is_known_by_its_drivers_name()
    {
        var device = DeviceCatalog.BuiltIn.Classify(new AnnouncedDevice("MIG-1", "NVIDIA A100-SXM4-40GB MIG 3g.20gb", 20_096, null));

        Assert.Equal(("NVIDIA A100-SXM4-40GB", "3g.20gb", DeviceClass.Datacenter), (device.Model, device.Mig!.Profile, device.Class));
        Assert.Equal(19.5 * 3 / 7, device.Facts.Rates.Fp32!.Value, 6);
        Assert.False(device.Facts.Link);
    }

    [Theory]
    [InlineData("470.82.01", "535")]
    [InlineData("535.104.05", "535.104.12")]
    [InlineData("9.9", "12.4")]
    [InlineData("12", "12.0.1")]
    public void Versions_are_compared_number_by_number(string older, string newer)
    {
        Assert.True(DottedVersion.TryParse(older, out var left));
        Assert.True(DottedVersion.TryParse(newer, out var right));
        Assert.True(left < right && right > left && left <= right && left != right);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12.")]
    [InlineData("12.x")]
    [InlineData("1.2.3.4")]
    [InlineData("-1")]
    public void Anything_else_is_no_version(string text) => Assert.False(DottedVersion.TryParse(text, out _));

    [Theory]
    [InlineData("1g.10gb", 1)]
    [InlineData("3g.40gb", 3)]
    [InlineData("1g.10gb+me", 1)]
    [InlineData("7G.80GB", 7)]
    [InlineData("10gb", 0)]
    [InlineData("1g.gb", 0)]
    [InlineData("0g.10gb", 0)]
    [InlineData("1g.10gb+", 0)]
    [InlineData("g.10gb", 0)]
    public void Profiles_are_told_from_other_words(string text, int slices) => Assert.Equal(slices, MigNames.SlicesOf(text));
}
