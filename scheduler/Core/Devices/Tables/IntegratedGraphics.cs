namespace GpuScheduler.Core.Devices.Tables;

/// <summary>
/// Graphics inside processors. They share the machine's memory and differ from chip to chip, so no figure would hold for all.
/// </summary>
internal static class IntegratedGraphics
{
    public const string Table = """
        # key   form architecture cc  GiB  GB/s fp64 fp32 tf32 fp16 bf16 fp8 ecc link pcie W  slots USD
        IRISXE  -    Xe           -   -    -    -    -    -    -    -    -   -   -    -    -  -     -
        UHD     -    Intel        -   -    -    -    -    -    -    -    -   -   -    -    -  -     -
        VEGA    -    Vega         -   -    -    -    -    -    -    -    -   -   -    -    -  -     -
        """;
}
