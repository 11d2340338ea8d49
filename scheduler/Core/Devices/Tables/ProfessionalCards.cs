namespace GpuScheduler.Core.Devices.Tables;

/// <summary>
/// Workstation cards. Compute capabilities: NVIDIA's list "CUDA GPU compute capability" (developer.nvidia.com/cuda-gpus); they alone
/// decide what a card can compute (PrecisionSupport), the throughput figures only rank cards. Sources: NVIDIA's product datasheets; tensor
/// figures printed with sparsity are halved, and the finer precisions follow from the one that is printed by the chips' fixed ratios (FP8 :
/// FP16 : TF32 = 4 : 2 : 1). Prices are list prices announced at launch.
/// </summary>
internal static class ProfessionalCards
{
    public const string Table = """
        # key          form architecture cc    GiB  GB/s  fp64  fp32   tf32   fp16    bf16    fp8     ecc  link  pcie  W    slots USD
        RTXPRO6000     -    Blackwell    12.0  96   1792  -     125    -      -       -       -       ecc  -     5     600  2     -
        RTX6000ADA     -    Ada          8.9   48   960   1.42  91.1   182.1  364.2   364.2   728.5   ecc  -     4     300  2     6800
        RTX5000ADA     -    Ada          8.9   32   576   1.02  65.3   130.5  261.1   261.1   522.2   ecc  -     4     250  2     4000
        RTX4500ADA     -    Ada          8.9   24   432   0.62  39.6   79.2   158.5   158.5   317     ecc  -     4     210  2     2250
        RTX4000ADA     -    Ada          8.9   20   360   0.42  26.7   53.4   106.9   106.9   213.8   ecc  -     4     130  1     1250
        RTXA6000       -    Ampere       8.6   48   768   0.6   38.7   77.4   154.8   154.8   -       ecc  112.5 4     300  2     4650
        RTXA5500       -    Ampere       8.6   24   768   0.53  34.1   68.2   136.4   136.4   -       ecc  112.5 4     230  2     -
        RTXA5000       -    Ampere       8.6   24   768   0.43  27.8   55.5   111.1   111.1   -       ecc  112.5 4     230  2     -
        RTXA4500       -    Ampere       8.6   20   640   0.37  23.7   47.3   94.6    94.6    -       ecc  112.5 4     200  2     -
        RTXA4000       -    Ampere       8.6   16   448   0.3   19.2   38.3   76.7    76.7    -       ecc  -     4     140  1     1000
        RTXA2000       -    Ampere       8.6   12   288   0.12  8      16     31.9    31.9    -       ecc  -     4     70   2     -
        QUADRORTX8000  -    Turing       7.5   48   672   0.51  16.3   -      130.5   -       -       ecc  100   3     295  2     10000
        QUADRORTX6000  -    Turing       7.5   24   672   0.51  16.3   -      130.5   -       -       ecc  100   3     295  2     6300
        QUADRORTX5000  -    Turing       7.5   16   448   0.35  11.2   -      89.2    -       -       ecc  50    3     265  2     2300
        QUADRORTX4000  -    Turing       7.5   8    416   0.22  7.1    -      57      -       -       -    -     3     160  1     900
        QUADROGV100    -    Volta        7.0   32   870   7.4   14.8   -      118.5   -       -       ecc  200   3     250  2     9000
        QUADROP6000    -    Pascal       6.1   24   432   -     12     -      -       -       -       ecc  -     3     250  2     -
        """;
}
