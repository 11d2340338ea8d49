using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// Tells an attempt which part of a card it has. Where NVIDIA's Multi-Process Service runs on the machine, CUDA itself holds the attempt
/// to it: the thread percentage bounds the computing power, the pinned memory limit the memory. Without that service both variables
/// are without effect, and the part is an agreement.
/// </summary>
internal static class SharedCard
{
    private const int MilliPerPercent = 10;

    public static void AddTo(Dictionary<string, string> environment, Dispatch dispatch)
    {
        var memory = dispatch.GpuMemoryMib.ToString(CultureInfo.InvariantCulture);
        environment["GPUSCHED_GPU_SHARE"] = $"{dispatch.GpuMilli.ToString(CultureInfo.InvariantCulture)}m";
        environment["GPUSCHED_GPU_MEMORY_MIB"] = memory;
        // Whole numbers above 0 alone are sure to be read by every version; rounding up takes nothing from other jobs.
        var percent = (dispatch.GpuMilli + MilliPerPercent - 1) / MilliPerPercent;
        environment["CUDA_MPS_ACTIVE_THREAD_PERCENTAGE"] = percent.ToString(CultureInfo.InvariantCulture);
        // By ordinal: of the devices that the attempt sees, which is one.
        environment["CUDA_MPS_PINNED_DEVICE_MEM_LIMIT"] = $"0={memory}M";
    }
}
