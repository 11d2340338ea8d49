using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Views;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>Enums, member by member: a new one breaks the build here instead of reaching clients as a number.</summary>
internal static class EnumMapper
{
    public static Wire.JobState ToWire(JobState state) => state switch
    {
        JobState.Pending => Wire.JobState.Pending,
        JobState.Configuring => Wire.JobState.Configuring,
        JobState.Running => Wire.JobState.Running,
        JobState.Checkpointing => Wire.JobState.Checkpointing,
        JobState.Completing => Wire.JobState.Completing,
        JobState.Completed => Wire.JobState.Completed,
        JobState.Failed => Wire.JobState.Failed,
        JobState.Timeout => Wire.JobState.Timeout,
        JobState.OutOfMemory => Wire.JobState.OutOfMemory,
        JobState.NodeFail => Wire.JobState.NodeFail,
        JobState.Preempted => Wire.JobState.Preempted,
        JobState.Cancelled => Wire.JobState.Cancelled,
        JobState.RequeueHold => Wire.JobState.RequeueHold,
        JobState.Deadline => Wire.JobState.Deadline,
    };

    /// <summary>Null for a state that no job of this scheduler is ever in.</summary>
    public static JobState? FromWire(Wire.JobState state) =>
        Enum.GetValues<JobState>().Cast<JobState?>().FirstOrDefault(own => ToWire(own!.Value) == state);

    public static Wire.DeviceClass ToWire(DeviceClass deviceClass) => deviceClass switch
    {
        DeviceClass.Datacenter => Wire.DeviceClass.Datacenter,
        DeviceClass.Professional => Wire.DeviceClass.Professional,
        DeviceClass.Consumer => Wire.DeviceClass.Consumer,
        DeviceClass.Integrated => Wire.DeviceClass.Integrated,
        DeviceClass.Cpu => Wire.DeviceClass.Cpu,
    };

    /// <summary>Null: the catalog decides, as for a class that only a newer worker knows.</summary>
    public static DeviceClass? FromWire(Wire.DeviceClass deviceClass) =>
        Enum.GetValues<DeviceClass>().Cast<DeviceClass?>().FirstOrDefault(own => ToWire(own!.Value) == deviceClass);

    public static Wire.EndCause ToWire(EndCause cause) => cause switch
    {
        EndCause.Exited => Wire.EndCause.Exited,
        EndCause.Cancelled => Wire.EndCause.Cancelled,
        EndCause.TimeLimit => Wire.EndCause.TimeLimit,
        EndCause.Preempted => Wire.EndCause.Preempted,
        EndCause.Drained => Wire.EndCause.Drained,
        EndCause.Fenced => Wire.EndCause.Fenced,
        EndCause.Requeued => Wire.EndCause.Requeued,
        EndCause.LaunchFailed or EndCause.NotHere or EndCause.Unstartable => Wire.EndCause.LaunchFailed,
        EndCause.NodeLost => Wire.EndCause.NodeLost,
        EndCause.OutOfMemory => Wire.EndCause.OutOfMemory,
        EndCause.RankFailed => Wire.EndCause.RankFailed,
        EndCause.Closed => Wire.EndCause.Closed,
    };

    /// <summary>A cause that only a newer worker knows counts as an end by itself: the exit status then decides.</summary>
    public static EndCause FromWire(Wire.EndCause cause) =>
        Enum.GetValues<EndCause>().Cast<EndCause?>().FirstOrDefault(own => ToWire(own!.Value) == cause) ?? EndCause.Exited;

    public static Wire.NodeState ToWire(NodeCondition condition) => condition switch
    {
        NodeCondition.Idle => Wire.NodeState.Idle,
        NodeCondition.Mixed => Wire.NodeState.Mixed,
        NodeCondition.Allocated => Wire.NodeState.Allocated,
        NodeCondition.Draining => Wire.NodeState.Draining,
        NodeCondition.Drained => Wire.NodeState.Drained,
        NodeCondition.Unknown => Wire.NodeState.Unknown,
        NodeCondition.Down => Wire.NodeState.Down,
        NodeCondition.Fail => Wire.NodeState.Fail,
        NodeCondition.Reserved => Wire.NodeState.Reserved,
    };

    public static string ToWire(ClassSource source) => source switch
    {
        ClassSource.Declared => "declared",
        ClassSource.Catalog => "catalog",
        ClassSource.Rule => "rule",
    };
}
