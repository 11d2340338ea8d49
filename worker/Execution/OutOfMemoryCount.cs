using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// How many processes the kernel has killed for want of memory. Reading the count costs it a sum over all processors and
/// hundreds of lines, so what starts within a tenth of a second shares one reading.
/// </summary>
internal sealed class OutOfMemoryCount(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private long? _readAt;
    private long _count;

    /// <summary>
    /// At most a tenth of a second old: what is blamed on a kill in that moment would be blamed on one a moment later too.
    /// </summary>
    public long AtStart()
    {
        lock (_gate)
        {
            if (_readAt is null || time.GetElapsedTime(_readAt.Value) > Fresh)
            {
                _count = Now();
                _readAt = time.GetTimestamp();
            }

            return _count;
        }
    }

    public static long Now() => ProcFs.OutOfMemoryKills();
}
