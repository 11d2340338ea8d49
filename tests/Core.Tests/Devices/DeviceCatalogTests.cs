using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Devices;

public sealed class DeviceCatalogTests
{
    private static readonly DeviceCatalog Catalog = DeviceCatalog.BuiltIn;

    /// <summary>Names as drivers (and, for AMD and Intel, the system's device lists) give them.</summary>
    [Theory]
    [InlineData("NVIDIA A100-SXM4-80GB", "A100", DeviceClass.Datacenter)]
    [InlineData("NVIDIA A100-PCIE-40GB", "A100", DeviceClass.Datacenter)]
    [InlineData("A100 80GB PCIe", "A100", DeviceClass.Datacenter)]
    [InlineData("NVIDIA H100 80GB HBM3", "H100", DeviceClass.Datacenter)]
    [InlineData("NVIDIA H100 NVL", "H100", DeviceClass.Datacenter)]
    [InlineData("NVIDIA H200", "H200", DeviceClass.Datacenter)]
    [InlineData("NVIDIA B200", "B200", DeviceClass.Datacenter)]
    [InlineData("NVIDIA A10", "A10", DeviceClass.Datacenter)]
    [InlineData("NVIDIA A40", "A40", DeviceClass.Datacenter)]
    [InlineData("NVIDIA L4", "L4", DeviceClass.Datacenter)]
    [InlineData("NVIDIA L40S", "L40S", DeviceClass.Datacenter)]
    [InlineData("Tesla T4", "T4", DeviceClass.Datacenter)]
    [InlineData("Tesla V100-SXM2-32GB", "V100", DeviceClass.Datacenter)]
    [InlineData("Tesla P100-PCIE-16GB", "P100", DeviceClass.Datacenter)]
    [InlineData("Tesla K80", "K80", DeviceClass.Datacenter)]
    [InlineData("Tesla P40", "P40", DeviceClass.Datacenter)]
    [InlineData("AMD Instinct MI210", "MI210", DeviceClass.Datacenter)]
    [InlineData("AMD Instinct MI300X OAM", "MI300X", DeviceClass.Datacenter)]
    [InlineData("NVIDIA RTX 6000 Ada Generation", "RTX6000ADA", DeviceClass.Professional)]
    [InlineData("NVIDIA RTX A6000", "RTXA6000", DeviceClass.Professional)]
    [InlineData("Quadro RTX 6000", "QUADRORTX6000", DeviceClass.Professional)]
    [InlineData("NVIDIA RTX PRO 6000 Blackwell Workstation Edition", "RTXPRO6000", DeviceClass.Professional)]
    [InlineData("NVIDIA RTX A4000", "RTXA4000", DeviceClass.Professional)]
    [InlineData("NVIDIA GeForce RTX 4090", "RTX4090", DeviceClass.Consumer)]
    [InlineData("NVIDIA GeForce RTX 2080 Ti", "RTX2080TI", DeviceClass.Consumer)]
    [InlineData("NVIDIA GeForce RTX 4070 SUPER", "RTX4070SUPER", DeviceClass.Consumer)]
    [InlineData("GeForce GTX 1070", "GTX1070", DeviceClass.Consumer)]
    [InlineData("NVIDIA GeForce GTX 1660 Ti", "GTX1660TI", DeviceClass.Consumer)]
    [InlineData("NVIDIA TITAN RTX", "TITANRTX", DeviceClass.Consumer)]
    [InlineData("TITAN V", "TITANV", DeviceClass.Consumer)]
    [InlineData("Intel(R) Iris(R) Xe Graphics", "IRISXE", DeviceClass.Integrated)]
    [InlineData("Intel UHD Graphics 770", "UHD", DeviceClass.Integrated)]
    [InlineData("AMD Radeon Vega 8 Graphics", "VEGA", DeviceClass.Integrated)]
    public void Known_cards_are_recognised_by_their_drivers_names(string name, string key, DeviceClass deviceClass)
    {
        Assert.Equal(key, DeviceCatalog.KeyOf(name));
        var device = Catalog.Classify(new AnnouncedDevice("u", name, 16_384, null));
        Assert.Equal((deviceClass, ClassSource.Catalog), (device.Class, device.Source));
        Assert.Equal(("u", name, 16_384), (device.Uuid, device.Model, device.MemoryMib));
    }

    [Theory]
    [InlineData("NVIDIA A10G", DeviceClass.Datacenter)]
    [InlineData("NVIDIA GH200 480GB", DeviceClass.Datacenter)]
    [InlineData("NVIDIA B300", DeviceClass.Datacenter)]
    [InlineData("AMD Instinct MI325X", DeviceClass.Datacenter)]
    [InlineData("Tesla M40", DeviceClass.Datacenter)]
    [InlineData("NVIDIA RTX 2000 Ada Generation", DeviceClass.Professional)]
    [InlineData("NVIDIA RTX A1000", DeviceClass.Professional)]
    [InlineData("NVIDIA RTX PRO 4500 Blackwell", DeviceClass.Professional)]
    [InlineData("Quadro M4000", DeviceClass.Professional)]
    [InlineData("AMD Radeon PRO W7900", DeviceClass.Professional)]
    [InlineData("NVIDIA GeForce RTX 4090 Laptop GPU", DeviceClass.Consumer)]
    [InlineData("NVIDIA GeForce RTX 4090 D", DeviceClass.Consumer)]
    [InlineData("NVIDIA RTX 9999", DeviceClass.Consumer)]
    [InlineData("GeForce GTX TITAN X", DeviceClass.Consumer)]
    [InlineData("AMD Radeon RX Vega 64", DeviceClass.Consumer)]
    [InlineData("AMD Radeon RX 7900 XTX", DeviceClass.Consumer)]
    [InlineData("Intel Arc A770", DeviceClass.Consumer)]
    [InlineData("Flux Capacitor", DeviceClass.Consumer)]
    [InlineData("AMD Radeon(TM) Graphics", DeviceClass.Integrated)]
    public void Unknown_cards_are_graded_by_rule_and_say_so(string name, DeviceClass deviceClass)
    {
        Assert.Null(Catalog.Find(name, 16_384));
        var device = Catalog.Classify(new AnnouncedDevice("u", name, 16_384, null));
        Assert.Equal((deviceClass, ClassSource.Rule), (device.Class, device.Source));
    }

    [Fact]
    public void A_declared_class_wins()
    {
        var device = Catalog.Classify(new AnnouncedDevice("u", "NVIDIA A100-SXM4-80GB", 81_920, DeviceClass.Consumer));

        Assert.Equal((DeviceClass.Consumer, ClassSource.Declared), (device.Class, device.Source));
    }

    [Theory]
    [InlineData("a100", "A100")]
    [InlineData("NVIDIA A100", "A100")]
    [InlineData("rtx4090", "RTX4090")]
    [InlineData("GeForce RTX 4090", "RTX4090")]
    [InlineData("rtx_4090", "RTX4090")]
    [InlineData("4090", "RTX4090")]
    [InlineData("2080ti", "RTX2080TI")]
    [InlineData("2080 Ti", "RTX2080TI")]
    [InlineData("1070", "GTX1070")]
    [InlineData("rtx6000ada", "RTX6000ADA")]
    [InlineData("6000ada", "RTX6000ADA")]
    [InlineData("a6000", "RTXA6000")]
    [InlineData("quadro rtx 6000", "QUADRORTX6000")]
    [InlineData("rtx8000", "QUADRORTX8000")]
    [InlineData("titan-v", "TITANV")]
    [InlineData("rtx6000", null)]
    [InlineData("rtx5000", null)]
    [InlineData("a100-80gb", null)]
    [InlineData("h100pcie", null)]
    [InlineData("", null)]
    [InlineData("nvidia", null)]
    public void Peoples_names_stand_for_one_model_or_none(string word, string? key) => Assert.Equal(key, Catalog.Resolve(word));

    [Theory]
    [InlineData("NVIDIA A100-SXM4-80GB", 81_920, 2039, 400)]
    [InlineData("NVIDIA A100-SXM4-40GB", 40_960, 1555, 400)]
    [InlineData("NVIDIA A100-PCIE-40GB", 40_960, 1555, 250)]
    [InlineData("NVIDIA A100 80GB PCIe", 81_920, 1935, 300)]
    [InlineData("NVIDIA H100 80GB HBM3", 81_559, 3350, 700)]
    [InlineData("NVIDIA H100 PCIe", 81_559, 2000, 350)]
    [InlineData("NVIDIA H100 NVL", 95_830, 3900, 400)]
    [InlineData("NVIDIA GeForce RTX 3080", 12_288, 912, 350)]
    public void The_form_that_fits_name_and_memory_is_found(string name, long memoryMib, double bandwidth, int watts)
    {
        var model = Catalog.Find(name, memoryMib)!;

        Assert.Equal((bandwidth, watts), (model.BandwidthGbs, model.TdpWatts));
    }

    [Fact]
    public void Every_key_is_its_own_name() => Assert.All(Catalog.Keys, key =>
    {
        Assert.Equal(key, Catalog.Resolve(key));
        Assert.Equal(key, DeviceCatalog.KeyOf(key));
    });

    /// <summary>Not proof of the figures, but of slips in a column.</summary>
    [Fact]
    public void Figures_are_plausible() => Assert.All(Catalog.Models.Where(model => model.Class != DeviceClass.Integrated), model =>
    {
        Assert.InRange(model.MemoryMib!.Value, 4096, 300_000);
        Assert.InRange(model.BandwidthGbs!.Value, 150, 10_000);
        Assert.InRange(model.Fp32!.Value, 3, 200);
        Assert.InRange(model.TdpWatts!.Value, 50, 1200);
        Assert.InRange(model.PcieGeneration!.Value, 3, 5);
        Assert.True(model.Fp64 is null || model.Fp64 <= model.Fp32);
        Assert.True(model.Fp8 is null || (model.Fp8 > model.Fp16 && model.ComputeCapability is null or >= 89));
        Assert.True(model.Bf16 is null || model.ComputeCapability is null or >= 80);
        Assert.True(model.Tf32 is null || model.ComputeCapability is null or >= 80);
        Assert.True(model.Ecc || model.Class != DeviceClass.Datacenter);
        Assert.False(model.Ecc && model.Class == DeviceClass.Consumer);
    });

    [Fact]
    public void No_two_rows_describe_the_same_card() =>
        Assert.Distinct(Catalog.Models.Select(model => (model.Key, model.Form, model.MemoryMib)));
}
