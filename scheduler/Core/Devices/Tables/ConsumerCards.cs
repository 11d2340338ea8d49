namespace GpuScheduler.Core.Devices.Tables;

/// <summary>
/// Desk cards. Sources: NVIDIA's GeForce product pages and architecture papers (Pascal, Turing, Ampere GA102, Ada, Blackwell), for the
/// reference clocks. FP16 and FP8 are with FP32 accumulation, which these cards run at half the advertised rate and which training uses.
/// Compute capabilities: NVIDIA's list "CUDA GPU compute capability" (developer.nvidia.com/cuda-gpus); they alone decide what a card can
/// compute (PrecisionSupport), the throughput figures only rank cards.
/// FP64 is FP32/64 (Pascal and Turing: /32), FP16 of the GTX 10 series FP32/64. Prices are those announced at launch.
/// </summary>
internal static class ConsumerCards
{
    public const string Table = """
        # key         form architecture cc    GiB  GB/s  fp64  fp32   tf32   fp16   bf16   fp8    ecc  link  pcie  W    slots USD
        RTX5090       -    Blackwell    12.0  32   1792  1.64  104.8  104.8  209.5  209.5  419    -    -     5     575  2     1999
        RTX5080       -    Blackwell    12.0  16   960   0.88  56.3   56.3   112.6  112.6  225.1  -    -     5     360  2     999
        RTX5070TI     -    Blackwell    12.0  16   896   0.69  43.9   43.9   87.9   87.9   175.8  -    -     5     300  -     749
        RTX5070       -    Blackwell    12.0  12   672   0.48  30.9   30.9   61.7   61.7   123.5  -    -     5     250  2     549
        RTX4090       -    Ada          8.9   24   1008  1.29  82.6   82.6   165.2  165.2  330.3  -    -     4     450  3     1599
        RTX4080SUPER  -    Ada          8.9   16   736   0.82  52.2   52.2   104.4  104.4  208.9  -    -     4     320  3     999
        RTX4080       -    Ada          8.9   16   717   0.76  48.7   48.7   97.5   97.5   194.9  -    -     4     320  3     1199
        RTX4070TI     -    Ada          8.9   12   504   0.63  40.1   40.1   80.2   80.2   160.4  -    -     4     285  -     799
        RTX4070SUPER  -    Ada          8.9   12   504   0.55  35.5   35.5   71     71     141.9  -    -     4     220  2     599
        RTX4070       -    Ada          8.9   12   504   0.46  29.1   29.1   58.3   58.3   116.6  -    -     4     200  2     599
        RTX4060TI     -    Ada          8.9   8    288   0.34  22.1   22.1   44.1   44.1   88.3   -    -     4     160  2     399
        RTX4060TI     -    Ada          8.9   16   288   0.34  22.1   22.1   44.1   44.1   88.3   -    -     4     165  -     499
        RTX4060       -    Ada          8.9   8    272   0.24  15.1   15.1   30.2   30.2   60.5   -    -     4     115  -     299
        RTX3090TI     -    Ampere       8.6   24   1008  0.63  40     40     80     80     -      -    112.5 4     450  3     1999
        RTX3090       -    Ampere       8.6   24   936   0.56  35.6   35.6   71.2   71.2   -      -    112.5 4     350  3     1499
        RTX3080TI     -    Ampere       8.6   12   912   0.53  34.1   34.1   68.2   68.2   -      -    -     4     350  2     1199
        RTX3080       -    Ampere       8.6   10   760   0.47  29.8   29.8   59.5   59.5   -      -    -     4     320  2     699
        RTX3080       -    Ampere       8.6   12   912   0.48  30.6   30.6   61.3   61.3   -      -    -     4     350  2     -
        RTX3070TI     -    Ampere       8.6   8    608   0.34  21.7   21.7   43.5   43.5   -      -    -     4     290  2     599
        RTX3070       -    Ampere       8.6   8    448   0.32  20.3   20.3   40.6   40.6   -      -    -     4     220  2     499
        RTX3060TI     -    Ampere       8.6   8    448   0.25  16.2   16.2   32.4   32.4   -      -    -     4     200  2     399
        RTX3060       -    Ampere       8.6   12   360   0.2   12.7   12.7   25.5   25.5   -      -    -     4     170  2     329
        RTX2080TI     -    Turing       7.5   11   616   0.42  13.4   -      53.8   -      -      -    100   3     250  2     999
        RTX2080SUPER  -    Turing       7.5   8    496   0.35  11.2   -      44.6   -      -      -    50    3     250  2     699
        RTX2080       -    Turing       7.5   8    448   0.31  10.1   -      40.3   -      -      -    50    3     215  2     699
        RTX2070SUPER  -    Turing       7.5   8    448   0.28  9.1    -      36.3   -      -      -    50    3     215  2     499
        RTX2070       -    Turing       7.5   8    448   0.23  7.5    -      29.9   -      -      -    -     3     175  2     499
        RTX2060       -    Turing       7.5   6    336   0.2   6.5    -      25.8   -      -      -    -     3     160  2     349
        TITANRTX      -    Turing       7.5   24   672   0.51  16.3   -      130.5  -      -      -    100   3     280  2     2499
        TITANV        -    Volta        7.0   12   653   7.4   14.9   -      110    -      -      -    -     3     250  2     2999
        TITANXP       -    Pascal       6.1   12   548   0.38  12.1   -      0.19   -      -      -    -     3     250  2     1200
        GTX1660TI     -    Turing       7.5   6    288   0.17  5.4    -      10.9   -      -      -    -     3     120  2     279
        GTX1660SUPER  -    Turing       7.5   6    336   0.16  5      -      10     -      -      -    -     3     125  2     229
        GTX1660       -    Turing       7.5   6    192   0.16  5      -      10     -      -      -    -     3     120  2     219
        GTX1080TI     -    Pascal       6.1   11   484   0.35  11.3   -      0.18   -      -      -    -     3     250  2     699
        GTX1080       -    Pascal       6.1   8    320   0.28  8.9    -      0.14   -      -      -    -     3     180  2     599
        GTX1070TI     -    Pascal       6.1   8    256   0.26  8.2    -      0.13   -      -      -    -     3     180  2     449
        GTX1070       -    Pascal       6.1   8    256   0.2   6.5    -      0.1    -      -      -    -     3     150  2     379
        GTX1060       -    Pascal       6.1   6    192   0.14  4.4    -      0.07   -      -      -    -     3     120  2     249
        """;
}
