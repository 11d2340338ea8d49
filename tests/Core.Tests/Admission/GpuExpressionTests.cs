using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Devices;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class GpuExpressionTests
{
    private static readonly KnownModels Models = new(DeviceCatalog.BuiltIn, ["NVIDIA Something New X9"]);

    /// <summary>The canonical form on the right says everything that was understood.</summary>
    [Theory]
    [InlineData("2", "any:2")]
    [InlineData("64", "any:64")]
    [InlineData("a100", "A100:1")]
    [InlineData("a100:2", "A100:2")]
    [InlineData(" A100 : 2 ", "A100:2")]
    [InlineData("any:2", "any:2")]
    [InlineData("any", "any:1")]
    [InlineData("gpu:2", "any:2")]
    [InlineData("gpu", "any:1")]
    [InlineData("gpu:a100:2", "A100:2")]
    [InlineData("GPU:A100", "A100:1")]
    [InlineData("RTX4090:2", "RTX4090:2")]
    [InlineData("RTX 4090:2", "RTX4090:2")]
    [InlineData("rtx-4090", "RTX4090:1")]
    [InlineData("4090", "RTX4090:1")]
    [InlineData("4090:2", "RTX4090:2")]
    [InlineData("2080ti:4", "RTX2080TI:4")]
    [InlineData("gpu:4090:2", "RTX4090:2")]
    [InlineData("a6000", "RTXA6000:1")]
    [InlineData("rtx6000ada", "RTX6000ADA:1")]
    [InlineData("Quadro RTX 6000", "QUADRORTX6000:1")]
    [InlineData("x9, a100", null)]
    [InlineData("SomethingNewX9:2", "SOMETHINGNEWX9:2")]
    [InlineData("A100,H100:2", "A100:2,H100:2")]
    [InlineData("A100,H100:40GB..:2", "A100:37683MiB..:2,H100:37683MiB..:2")]
    [InlineData("A100:2:40GB..", "A100:37683MiB..:2")]
    [InlineData("A100:2,H100:4", "A100:2,H100:4")]
    [InlineData("A100:2,H100,L40S:4", "A100:2,H100:4,L40S:4")]
    [InlineData("a100,A100", "A100:1")]
    [InlineData("24GB..48GB", "any:22609MiB..49152MiB:1")]
    [InlineData("24..48GB", "any:22609MiB..49152MiB:1")]
    [InlineData("24GB .. 48GB", "any:22609MiB..49152MiB:1")]
    [InlineData("24GB..", "any:22609MiB..:1")]
    [InlineData("..16GB", "any:..16384MiB:1")]
    [InlineData("80GB", "any:75366MiB..81920MiB:1")]
    [InlineData("a100:80gib", "A100:75366MiB..81920MiB:1")]
    [InlineData("24576MiB..", "any:24576MiB..:1")]
    [InlineData("24GB..:2", "any:22609MiB..:2")]
    [InlineData("24GB..30GB,48GB..:2", "any:22609MiB..30720MiB:1,any:45219MiB..:2")]
    [InlineData("[H100, A100:80GB, RTX4090:2]", "[H100:1,A100:75366MiB..81920MiB:1,RTX4090:2]")]
    [InlineData("[a100,24GB..:2,2]", "[A100:1,any:22609MiB..:2,any:2]")]
    [InlineData("[a100]", "[A100:1]")]
    [InlineData("[gpu:a100:2, gpu:2]", "[A100:2,any:2]")]
    [InlineData("2xA100", "A100:2")]
    [InlineData("4 x RTX 4090", "RTX4090:4")]
    [InlineData("2xa100:80GB", "A100:75366MiB..81920MiB:2")]
    [InlineData("gpu:2xa100", "A100:2")]
    [InlineData("4xA10:ecc", "A10:ecc:4")]
    [InlineData("2xA100,4xH100", "A100:2,H100:4")]
    [InlineData("[2xA100, H100]", "[A100:2,H100:1]")]
    [InlineData("cc>=8.0", "any:cc>=8.0:1")]
    [InlineData("CC >= 8", "any:cc>=8.0:1")]
    [InlineData("cc>8.6:cc<=9.0", "any:cc>=8.7:cc<=9.0:1")]
    [InlineData("cc=8.6:2", "any:cc=8.6:2")]
    [InlineData("cc==12.0", "any:cc=12.0:1")]
    [InlineData("cc<8", "any:cc<=7.9:1")]
    [InlineData("ecc", "any:ecc:1")]
    [InlineData("2:ecc", "any:ecc:2")]
    [InlineData("24GB..:ecc:bf16:2", "any:22609MiB..:ecc:bf16:2")]
    [InlineData("A100,H100:ecc:2", "A100:ecc:2,H100:ecc:2")]
    [InlineData("driver>=535.104.05:cuda>=12.4", "any:driver>=535.104.5:cuda>=12.4:1")]
    [InlineData("a100:1g.10gb", "A100:1g.10gb:1")]
    [InlineData("a100:3G.40GB:2", "A100:3g.40gb:2")]
    [InlineData("gpu:1g.10gb:1", "any:1g.10gb:1")]
    [InlineData("gpu:a100_1g.10gb:2", "A100:1g.10gb:2")]
    [InlineData("a100_mig_1g.10gb", "A100:1g.10gb:1")]
    [InlineData("1g.10gb+me", "any:1g.10gb+me:1")]
    [InlineData("mig:10GB..", "any:mig:9420MiB..:1")]
    [InlineData("[mig:10GB.., 10GB..]", "[any:mig:9420MiB..:1,any:9420MiB..:1]")]
    [InlineData("[H100@3, A100:80GB@2, RTX4090:2]", "[H100:1@3,A100:75366MiB..81920MiB:1@2,RTX4090:2@1]")]
    [InlineData("[h100@1.5,a100@1.5]", "[H100:1@1.5,A100:1@1.5]")]
    public void Sound_expressions_are_read_whole(string text, string? canonical)
    {
        var read = GpuExpression.TryParse(text, "gpus", Models, out var request, out var fault);

        Assert.Equal(canonical is not null, read);
        if (canonical is null) Faults.AssertNames("gpus", fault);
        else Assert.Equal(canonical, GpuExpression.Format(request));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("0")]
    [InlineData("gpu:0")]
    [InlineData("none")]
    public void No_gpu_can_be_said_in_several_ways(string text)
    {
        Assert.True(GpuExpression.TryParse(text, "gpus", Models, out var request, out _));
        Assert.Null(request);
    }

    [Theory]
    [InlineData("999", "at most 64 cards on one node")]
    [InlineData("65", "1 … 64")]
    [InlineData("a100:999", "1 … 64")]
    [InlineData("99999999999999999999", "1 … 64")]
    [InlineData("-1", "1 … 64")]
    [InlineData("+1", "1 … 64")]
    [InlineData("1.5", "1 … 64")]
    [InlineData("a100:0", "1 … 64")]
    [InlineData("a100:-2", "1 … 64")]
    [InlineData("[0]", "1 … 64")]
    [InlineData("z100", "unknown model 'z100'; nearest: a100")]
    [InlineData("z100:2", "models of this pool: somethingnewx9")]
    [InlineData("2xz100", "unknown model '2xz100'")]
    [InlineData("99xA100", "1 … 64")]
    [InlineData("2xA100:3", "second count")]
    [InlineData("a100*2", "write a100:2 instead of 'a100*2'")]
    [InlineData("2 a100", "write a100:2 instead of '2 a100'")]
    [InlineData("a100x2", "write a100:2")]
    [InlineData("[h100, 2 a100]", "at position 8 write a100:2")]
    [InlineData("24gb+", "write 24gb.. instead of '24gb+'")]
    [InlineData(">=24GB", "write 24GB.. instead of '>=24GB'")]
    [InlineData("a100:mem>=40GB", "write 40GB..")]
    [InlineData("<=16GB", "write ..16GB")]
    [InlineData("2x24GB", "write 24GB..:2")]
    [InlineData("0.5", "write --gpu-share 0.5 instead of --gpus")]
    [InlineData("a100:0.25", "write --gpu-share 0.25")]
    [InlineData("1.5", "for a part of one card write --gpu-share 0.5")]
    [InlineData("h10", "h100")]
    [InlineData("rtx6000", "rtx6000ada")]
    [InlineData("a100-80gb", "unknown model")]
    [InlineData("flurbelbaum", "unknown model")]
    [InlineData("a100::2", "at position 6")]
    [InlineData("a100:", "at position 6")]
    [InlineData(":2", "at position 1")]
    [InlineData(",", "at position 1")]
    [InlineData("a100,", "at position 6")]
    [InlineData("[a100", "']' or ','")]
    [InlineData("a100]", "at position 5")]
    [InlineData("[]", "at position 2")]
    [InlineData("[[a100]]", "at position 2")]
    [InlineData("2:a100", "the model comes first")]
    [InlineData("a100:2:h100", "the model comes first")]
    [InlineData("a100:2:3", "second count")]
    [InlineData("a100:40GB:80GB", "second size")]
    [InlineData("a100,24GB..:2", "use brackets")]
    [InlineData("a100,2", "use brackets")]
    [InlineData("48GB..24GB", "not above")]
    [InlineData("0GB", "above 0")]
    [InlineData("-5GB..", "above 0")]
    [InlineData("..", "above 0")]
    [InlineData("24..", "above 0")]
    [InlineData("24XB..", "above 0")]
    [InlineData("999999999999T..", "above 0")]
    [InlineData("gpu:a100:1,gpu:v100:1", "any of, not both")]
    [InlineData("gpu:1,gpu:2", "any of, not both")]
    [InlineData("a100\n:\t2\u0000", "a count, a size")]
    [InlineData("a100,ecc", "use brackets")]
    [InlineData("1g.10gb:2g.20gb", "one profile")]
    [InlineData("ecc:ecc", "each condition once")]
    [InlineData("bf16:fp8", "each condition once")]
    [InlineData("cc>=8:cc>=9", "each condition once")]
    [InlineData("cc>8.9:cc<9.0", "no compute capability is 9.0 or more and 8.9 or less")]
    [InlineData("mem>=8", "no condition")]
    [InlineData("driver<=500", "no least version")]
    [InlineData("cuda>=twelve", "no least version")]
    [InlineData("a100@2", "only inside brackets")]
    [InlineData("[a100@]", "no weight")]
    [InlineData("[a100@0]", "no weight")]
    [InlineData("[a100@2@3]", "']' or ','")]
    [InlineData("[a100@1.23456]", "no weight")]
    public void Wrong_expressions_are_refused_with_what_is_allowed(string text, string allowed)
    {
        Assert.False(GpuExpression.TryParse(text, "jobs[3].gpus", Models, out var request, out var fault));
        Assert.Null(request);
        Faults.AssertNames("jobs[3].gpus", fault);
        Assert.Contains(allowed, fault!.Allowed, StringComparison.Ordinal);
    }

    /// <summary>Every message points at the place and says what would do.</summary>
    [Theory]
    [InlineData(
        "a100:fast", "at position 6 a count, a size of memory, a condition or a profile (the model comes first: a100:2) instead of 'fast'")]
    [InlineData(
        "24GB..:cc>=eight",
        "at position 8 'cc>=eight' is no compute capability: cc with >=, >, <=, < or = and a version from 1.0 to 99.9, such as cc>=8.0")]
    [InlineData(
        "a100:vram>=8",
        "at position 6 'vram>=8' is no condition: cc>=8.0, ecc, fp64, fp32, tf32, fp16, bf16 or fp8, driver>=535.104 or cuda>=12.4")]
    [InlineData("[h100@2, a100@many]", "at position 15 'many' is no weight: 0.001 … 1000, with up to three decimals")]
    [InlineData("h100@2, a100", "at position 5 a weight only inside brackets, such as [h100@2, a100]")]
    [InlineData("a100:2:0", "at position 8 one count and one size of memory for each model; '0' is a second count")]
    [InlineData("  z100", "at position 3 unknown model 'z100'; nearest: a100, h100, p100; models of this pool: somethingnewx9")]
    public void A_fault_points_at_the_place(string text, string allowed)
    {
        Assert.False(GpuExpression.TryParse(text, "gpus", Models, out _, out var fault));
        Assert.Equal(allowed, fault.Allowed);
    }

    [Fact]
    public void More_alternatives_than_allowed_are_refused()
    {
        var text = $"[{string.Join(',', Enumerable.Range(1, GpuExpression.MaxAlternatives + 1))}]";

        Assert.False(GpuExpression.TryParse(text, "gpus", Models, out _, out var fault));
        Assert.Contains("at most 32", fault!.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_far_too_long_is_refused_without_being_read()
    {
        Assert.False(GpuExpression.TryParse(new string('a', 1 << 20), "gpus", Models, out _, out var fault));
        Faults.AssertNames("gpus", fault);
    }

    /// <summary>What drivers report for cards sold with this much memory: ECC and firmware keep a part.</summary>
    [Theory]
    [InlineData("16GB..", 15109)] // T4
    [InlineData("24GB..", 23028)] // A10
    [InlineData("24GB", 24564)] // RTX 4090
    [InlineData("48GB..", 45589)] // A40
    [InlineData("80GB", 81251)] // A100
    [InlineData("11GB", 11019)] // RTX 2080 Ti
    public void Cards_that_report_less_than_their_box_says_still_count(string text, long reportedMib)
    {
        Assert.True(GpuExpression.TryParse(text, "gpus", Models, out var request, out _));
        var alternative = Assert.Single(request!.Alternatives);
        Assert.InRange(reportedMib, alternative.MinMemoryMib, alternative.MaxMemoryMib ?? long.MaxValue);
    }
}
