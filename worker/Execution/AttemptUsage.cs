namespace GpuScheduler.Worker.Execution;

/// <summary>What an attempt has used, as far as it could be measured.</summary>
/// <param name="PeakMemoryMib">
/// Of all its processes together where its control group counts memory, else of the largest; null: not known.
/// </param>
/// <param name="OutOfMemoryKills">Processes of it that the kernel has killed for want of memory; null: not known.</param>
internal readonly record struct AttemptUsage(long? PeakMemoryMib, long? OutOfMemoryKills);
