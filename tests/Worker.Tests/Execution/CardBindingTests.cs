using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;

namespace GpuScheduler.Worker.Tests.Execution;

public sealed class CardBindingTests
{
    private const string Mi250 = "AMD Instinct MI250X";
    private const string Arc = "Intel Arc A770";

    [Fact]
    public void AMD_cards_are_bound_by_uuid_and_counted_anew_and_no_variable_of_another_vendor_confuses_their_programs()
    {
        var environment = Bind([Card("GPU-0a0b", Mi250), Card("GPU-1a1b", Mi250), Card("GPU-2a2b", Mi250)], "GPU-2a2b", "GPU-0a0b");

        Assert.Equal(("GPU-2a2b,GPU-0a0b", "0,1"), (environment["ROCR_VISIBLE_DEVICES"], environment["HIP_VISIBLE_DEVICES"]));
        Assert.DoesNotContain("CUDA_VISIBLE_DEVICES", environment.Keys);
        Assert.DoesNotContain("ZE_AFFINITY_MASK", environment.Keys);
        Assert.Equal("2,0", environment["SLURM_JOB_GPUS"]);
    }

    [Fact]
    public void A_card_of_AMD_whose_name_is_none_of_its_uuids_is_bound_by_its_place()
    {
        var environment = Bind([Card("lab-card-x", Mi250), Card("lab-card-y", Mi250)], "lab-card-y");

        Assert.Equal(("1", "0"), (environment["ROCR_VISIBLE_DEVICES"], environment["HIP_VISIBLE_DEVICES"]));
    }

    [Fact]
    public void Intel_cards_are_bound_by_their_place_among_Intels()
    {
        var environment = Bind([Card("GPU-nv", "NVIDIA A2"), Card("i0", Arc), Card("i1", Arc)], "i1");

        Assert.Equal(("1", ""), (environment["ZE_AFFINITY_MASK"], environment["CUDA_VISIBLE_DEVICES"]));
    }

    [Fact]
    public void A_job_on_one_vendors_card_sees_none_of_another_on_the_same_machine()
    {
        var environment = Bind([Card("GPU-nv", "NVIDIA A2"), Card("GPU-0a0b", Mi250), Card("i0", Arc)], "GPU-nv");

        Assert.Equal(("GPU-nv", "", "-1", "255"),
            (environment["CUDA_VISIBLE_DEVICES"], environment["ROCR_VISIBLE_DEVICES"], environment["HIP_VISIBLE_DEVICES"],
                environment["ZE_AFFINITY_MASK"]));
    }

    [Fact]
    public void A_job_on_a_machine_of_NVIDIA_alone_is_told_of_nobody_else()
    {
        var environment = Bind([Card("GPU-a", "NVIDIA A100-SXM4-80GB"), Card("GPU-b", "RTX4090")], "GPU-b");

        Assert.Equal(("GPU-b", "1"), (environment["CUDA_VISIBLE_DEVICES"], environment["SLURM_JOB_GPUS"]));
        Assert.DoesNotContain(environment.Keys, name => name.StartsWith("ROCR_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AMD Radeon PRO W7900", "Amd")]
    [InlineData("MI300X", "Amd")]
    [InlineData("Radeon RX 7900 XTX", "Amd")]
    [InlineData("Intel(R) Data Center GPU Max 1550", "Intel")]
    [InlineData("Arc A770", "Intel")]
    [InlineData("NVIDIA GeForce RTX 4090", "Nvidia")]
    [InlineData("Tesla V100-SXM2-32GB", "Nvidia")]
    [InlineData("A100", "Nvidia")]
    public void The_vendor_is_read_from_the_model(string model, string vendor) => Assert.Equal(vendor, $"{CardVendors.Of(model)}");

    private static InventoryDevice Card(string uuid, string model) => new() { Uuid = uuid, Model = model, MemoryMib = 16384 };

    private static Dictionary<string, string> Bind(IReadOnlyList<InventoryDevice> inventory, params string[] granted)
    {
        var environment = new Dictionary<string, string>();
        new CardBinding(inventory).AddTo(environment, granted);
        return environment;
    }
}
