namespace GpuScheduler.Core.Packing;

/// <summary>The same numbers for the same seed, on every machine and every version of the runtime (SplitMix64).</summary>
internal sealed class SeededSequence(ulong seed)
{
    private ulong state = seed;

    /// <summary>From 0 to below <paramref name="limit"/>, evenly.</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>The generator counts modulo 2^64.</summary>
    private ulong Next()
    {
        unchecked
        {
            state += 0x9E37_79B9_7F4A_7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
