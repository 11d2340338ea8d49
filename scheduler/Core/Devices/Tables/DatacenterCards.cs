namespace GpuScheduler.Core.Devices.Tables;

/// <summary>
/// Server cards. Sources: the vendors' product datasheets and architecture papers (Pascal, Volta, Turing, Ampere, Hopper, Ada,
/// Blackwell; CDNA 2 and 3). NVIDIA prints some tensor figures with sparsity: halved here. FP64 of the GA102, AD102, AD104 and TU104
/// chips is FP32/64 (Turing: /32), as those papers state the ratio. Cards that show up as two devices (K80, MI250) are listed per device.
/// Compute capabilities: NVIDIA's list "CUDA GPU compute capability" (developer.nvidia.com/cuda-gpus and cuda-legacy-gpus), which with
/// PrecisionSupport alone decides what an NVIDIA card can compute (checked row by row on 2026-11-22); the throughput figures only rank
/// cards, and were not checked again.
/// No vendor list prices: server cards are sold through others.
/// </summary>
internal static class DatacenterCards
{
    public const string Table = """
        # key    form  architecture cc    GiB  GB/s  fp64  fp32   tf32   fp16    bf16    fp8     ecc  link  pcie  W    slots USD
        B200     SXM6  Blackwell    10.0  180  8000  37    75     1125   2250    2250    4500    ecc  1800  5     1000 -     -
        H200     SXM5  Hopper       9.0   141  4800  34    67     494.7  989.4   989.4   1978.9  ecc  900   5     700  -     -
        H200     NVL   Hopper       9.0   141  4800  30    60     417.5  835.5   835.5   1670.5  ecc  900   5     600  2     -
        H100     SXM5  Hopper       9.0   80   3350  34    67     494.7  989.4   989.4   1978.9  ecc  900   5     700  -     -
        H100     PCIE  Hopper       9.0   80   2000  26    51     378    756     756     1513    ecc  600   5     350  2     -
        H100     NVL   Hopper       9.0   94   3900  30    60     417.5  835.5   835.5   1670.5  ecc  600   5     400  2     -
        A100     SXM4  Ampere       8.0   80   2039  9.7   19.5   156    312     312     -       ecc  600   4     400  -     -
        A100     SXM4  Ampere       8.0   40   1555  9.7   19.5   156    312     312     -       ecc  600   4     400  -     -
        A100     PCIE  Ampere       8.0   80   1935  9.7   19.5   156    312     312     -       ecc  600   4     300  2     -
        A100     PCIE  Ampere       8.0   40   1555  9.7   19.5   156    312     312     -       ecc  600   4     250  2     -
        A30      -     Ampere       8.0   24   933   5.2   10.3   82     165     165     -       ecc  200   4     165  2     -
        A40      -     Ampere       8.6   48   696   0.58  37.4   74.8   149.7   149.7   -       ecc  112.5 4     300  2     -
        A10      -     Ampere       8.6   24   600   0.49  31.2   62.5   125     125     -       ecc  -     4     150  1     -
        A16      -     Ampere       8.6   16   200   -     4.5    9      17.9    17.9    -       ecc  -     4     62   -     -
        A2       -     Ampere       8.6   16   200   -     4.5    9      18      18      -       ecc  -     4     60   1     -
        L40S     -     Ada          8.9   48   864   1.43  91.6   183    362     362     733     ecc  -     4     350  2     -
        L40      -     Ada          8.9   48   864   1.41  90.5   90.5   181     181     362     ecc  -     4     300  2     -
        L4       -     Ada          8.9   24   300   0.47  30.3   60     121     121     242.5   ecc  -     4     72   1     -
        T4       -     Turing       7.5   16   320   0.25  8.1    -      65      -       -       ecc  -     3     70   1     -
        V100     SXM2  Volta        7.0   16   900   7.8   15.7   -      125     -       -       ecc  300   3     300  -     -
        V100     SXM2  Volta        7.0   32   900   7.8   15.7   -      125     -       -       ecc  300   3     300  -     -
        V100     PCIE  Volta        7.0   16   900   7     14     -      112     -       -       ecc  -     3     250  2     -
        V100     PCIE  Volta        7.0   32   900   7     14     -      112     -       -       ecc  -     3     250  2     -
        V100S    PCIE  Volta        7.0   32   1134  8.2   16.4   -      130     -       -       ecc  -     3     250  2     -
        P100     SXM2  Pascal       6.0   16   732   5.3   10.6   -      21.2    -       -       ecc  160   3     300  -     -
        P100     PCIE  Pascal       6.0   16   732   4.7   9.3    -      18.7    -       -       ecc  -     3     250  2     -
        P100     PCIE  Pascal       6.0   12   549   4.7   9.3    -      18.7    -       -       ecc  -     3     250  2     -
        P40      -     Pascal       6.1   24   346   0.37  11.8   -      -       -       -       ecc  -     3     250  2     -
        P4       -     Pascal       6.1   8    192   0.17  5.5    -      -       -       -       ecc  -     3     75   1     -
        K80      -     Kepler       3.7   12   240   1.45  4.37   -      -       -       -       ecc  -     3     150  2     -
        MI300X   -     CDNA3        -     192  5300  81.7  163.4  653.7  1307.4  1307.4  2614.9  ecc  896   5     750  -     -
        MI250X   -     CDNA2        -     64   1638  23.9  23.9   -      191.5   191.5   -       ecc  -     4     280  -     -
        MI250    -     CDNA2        -     64   1638  22.6  22.6   -      181     181     -       ecc  -     4     250  -     -
        MI210    -     CDNA2        -     64   1638  22.6  22.6   -      181     181     -       ecc  300   4     300  2     -
        MI100    -     CDNA1        -     32   1228  11.5  23.1   -      184.6   92.3    -       ecc  276   4     300  2     -
        """;
}
