using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Model;
using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>Flags that speak of all cards, and of parts of one.</summary>
public sealed class CardWishTests
{
    [Fact]
    public void Flags_hold_for_every_alternative()
    {
        var spec = Admit(Plain with { Gpus = "[h100:fp8, a100:2]", MinDriver = "535.104", MinCuda = "12.4" });

        Assert.Equal("[H100:fp8:driver>=535.104:cuda>=12.4:1,A100:driver>=535.104:cuda>=12.4:2]", GpuExpression.Format(spec.Request.Gpu));
    }

    [Fact]
    public void Memory_for_each_card_counts_the_most_cards()
    {
        var spec = Admit(Plain with { Gpus = "[h100, a100:4]", Memory = "", MemoryPerGpu = "16G" });

        Assert.Equal(64 * 1024, spec.Request.MemoryMib);
    }

    [Theory]
    [InlineData("250m", "", 250, 0)]
    [InlineData("0.25", "6GB", 250, 6144)]
    [InlineData("0.001", "", 1, 0)]
    [InlineData("999m", "512M", 999, 512)]
    public void A_part_of_a_card_is_read(string share, string memory, int milli, long mib)
    {
        var spec = Admit(Plain with { Gpus = "", GpuShare = share, GpuMemory = memory });

        Assert.Equal(new CardShare(milli, mib), spec.Request.Gpu!.Share);
        Assert.Equal(mib, Assert.Single(spec.Request.Gpu.Alternatives).MinMemoryMib);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1000m")]
    [InlineData("1.0")]
    public void The_whole_of_a_card_is_a_card(string share) =>
        Assert.Null(Admit(Plain with { Gpus = "a100", GpuShare = share }).Request.Gpu!.Share);

    [Theory]
    [InlineData("0", "gpu-share: '0': 1m … 1000m, or 0.001 … 1: thousandths of one card")]
    [InlineData("0m", "gpu-share: '0m': 1m … 1000m, or 0.001 … 1: thousandths of one card")]
    [InlineData("1001m", "gpu-share: '1001m': 1m … 1000m, or 0.001 … 1: thousandths of one card")]
    [InlineData("0.0005", "gpu-share: '0.0005': 1m … 1000m, or 0.001 … 1: thousandths of one card")]
    [InlineData("half", "gpu-share: 'half': 1m … 1000m, or 0.001 … 1: thousandths of one card")]
    [InlineData("-1", "gpu-share: '-1': 1m … 1000m, or 0.001 … 1: thousandths of one card")]
    public void No_other_part_is(string share, string fault) =>
        Assert.Equal(fault, $"{Assert.Single(Refuse(Plain with { Gpus = "1", GpuShare = share }))}");

    public static TheoryData<JobDraft, string> Wrong() => new()
    {
        { Plain with { Gpus = "2", GpuShare = "0.5" }, "gpu-share: '0.5': a part of one card: a count of 1 in --gpus, or none" },
        { Plain with { Gpus = "a100:1g.10gb", GpuShare = "0.5" }, "gpu-share: '0.5': a part of a whole card, not of a MIG slice" },
        { Plain with { Gpus = "1", GpuShare = "0.5", NodeCount = 2, GpusPerNode = true },
            "gpu-share: '0.5': a part of one card: only with a single node" },
        { Plain with { Gpus = "1", GpuMemory = "6GB" },
            "gpu-mem: '6GB': only with a --gpu-share below 1; for whole cards say it in --gpus, such as 24GB.." },
        { Plain with { Gpus = "0", GpuShare = "0.5" }, "gpu-share: '0.5': only for jobs with cards: add --gpus" },
        { Plain with { Gpus = "", Precision = "bf16" }, "precision: 'bf16': only for jobs with cards: add --gpus" },
        { Plain with { Gpus = "1", Precision = "int8" }, "precision: 'int8': fp64, fp32, tf32, fp16, bf16 or fp8" },
        { Plain with { Gpus = "fp8", Precision = "bf16" }, "precision: 'bf16': the same as in the GPU expression, which says fp8" },
        { Plain with { Gpus = "1", MinDriver = "new" }, "min-driver: 'new': a driver's version, such as 535 or 535.104.05" },
        { Plain with { Gpus = "1", MinCuda = "12.4.1.2" }, "min-cuda: '12.4.1.2': a CUDA version, such as 12.4" },
        { Plain with { Gpus = "1", Memory = "8G", MemoryPerGpu = "4G" }, "mem-per-gpu: '4G': either this or --mem, not both" },
        { Plain with { Gpus = "1", SameCard = true },
            "same-card: 'true': only with --array: the cards of one job are of one model anyway" },
        { Plain with { Gpus = "t4", Precision = "bf16" },
            "gpus: 't4': T4 never computes bf16 at a useful rate: another model, or another precision" },
        { Plain with { Gpus = "rtx4090,rtx3080", Precision = "fp64" },
            "gpus: 'rtx4090,rtx3080': RTX4090 never computes fp64 at a useful rate: another model, or another precision; RTX3080 never "
                + "computes fp64 at a useful rate: another model, or another precision" },
        { Plain with { Gpus = "v100:cc>=8.0" }, "gpus: 'v100:cc>=8.0': V100 has compute capability 7.0: never what is asked for" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_can_never_be_is_refused_with_what_is_allowed(JobDraft draft, string fault) =>
        Assert.Equal(fault, $"{Assert.Single(Refuse(draft))}");

    [Fact]
    public void One_alternative_that_can_is_enough() => Admit(Plain with { Gpus = "[t4, a100]", Precision = "bf16" });
}
