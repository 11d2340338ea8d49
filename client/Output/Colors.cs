using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>ANSI colour numbers. Green works, yellow waits or changes, red needs a look.</summary>
internal static class Colors
{
    private const int Red = 31;
    private const int Green = 32;
    private const int Yellow = 33;

    public static int? Of(JobState state) => state switch
    {
        JobState.Running or JobState.Completed => Green,
        JobState.Failed or JobState.Timeout or JobState.OutOfMemory or JobState.NodeFail or JobState.Deadline
            or JobState.BootFail or JobState.RequeueHold or JobState.SpecialExit => Red,
        JobState.Cancelled => null,
        _ => Yellow,
    };

    public static int? Of(NodeState state) => state switch
    {
        NodeState.Idle or NodeState.Mixed or NodeState.Allocated => Green,
        NodeState.Draining or NodeState.Drained or NodeState.Reserved => Yellow,
        _ => Red,
    };

    public static int? Of(DeviceState state) => state switch
    {
        DeviceState.Healthy => Green,
        DeviceState.Cordoned => Yellow,
        _ => Red,
    };
}
