using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Messages;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>What workers are told.</summary>
internal static class OrderMapper
{
    public static Wire.ConnectResponse ToWire(PoolEffect effect) => effect switch
    {
        PoolEffect.Dispatch dispatch => new() { Dispatch = ToWire(dispatch.Order) },
        PoolEffect.Stop stop => new() { Stop = ToWire(stop) },
        PoolEffect.CheckpointNow ask => new()
        {
            CheckpointNow = new() { JobId = ask.Attempt.Job.ToString(), Attempt = ask.Attempt.Number, Why = ask.Why },
        },
        PoolEffect.AckReports ack => new() { ReportAck = new() { Sequence = ack.Sequence } },
        _ => throw new InvalidOperationException($"{effect.GetType().Name} has no message."),
    };

    public static Wire.ConnectResponse ToWire(LogRead read) => new()
    {
        ReadLog = new()
        {
            RequestId = read.RequestId,
            JobId = read.Attempt.Job.ToString(),
            Attempt = read.Attempt.Number,
            StandardError = read.StandardError,
            Follow = read.Follow,
            TailLines = read.TailLines,
            Offset = read.Offset,
        },
    };

    private static Wire.Dispatch ToWire(AttemptOrder order)
    {
        var (job, spec) = (order.Attempt.Job, order.Spec);
        var dispatch = new Wire.Dispatch
        {
            JobId = job.ToString(),
            Attempt = order.Attempt.Number,
            Spec = SpecMapper.ToWire(spec.Draft),
            Tier = spec.Tier,
            Devices = { order.Share.Devices.Select(device => device.Uuid) },
            CpuCores = order.Share.CpuCores,
            MemoryMib = order.Share.MemoryMib,
            TimeLimit = spec.TimeLimit is { } limit ? Duration.FromTimeSpan(limit) : null,
            Grace = Duration.FromTimeSpan(spec.Grace),
            Checkpoints = { order.Checkpoints.Select(ToWire) },
            PreviousEnd = order.PreviousEnd is { } end ? EnumMapper.ToWire(end) : Wire.EndCause.Unspecified,
        };
        dispatch.Spec.Name = spec.Name;
        if (order.Share.Devices is [{ IsWhole: false } part]) (dispatch.GpuMilli, dispatch.GpuMemoryMib) = (part.MilliGpu, part.MemoryMib);
        if (job.IsElement) AddArray(dispatch, job, spec);
        if (order.Gang is { } gang) dispatch.Gang = ToWire(gang);
        return dispatch;
    }

    private static Wire.GangPlace ToWire(GangPlace gang) => new()
    {
        Rank = gang.Rank,
        Nodes = { gang.Nodes.Select(node => node.Name) },
        HeadAddress = gang.HeadAddress,
        HeadPort = gang.HeadPort,
    };

    private static void AddArray(Wire.Dispatch dispatch, JobId job, JobSpec spec)
    {
        dispatch.ArrayIndex = job.Index;
        dispatch.ArrayId = new JobId(job.Number).ToString();
        dispatch.ArraySize = spec.Array?.Indexes.Count ?? 0;
    }

    private static Wire.StopAttempt ToWire(PoolEffect.Stop stop) => new()
    {
        JobId = stop.Attempt.Job.ToString(),
        Attempt = stop.Attempt.Number,
        Cause = EnumMapper.ToWire(stop.Cause),
        CheckpointFirst = stop.CheckpointFirst,
        Grace = Duration.FromTimeSpan(stop.Grace),
        Message = stop.Message,
    };

    private static Wire.Checkpoint ToWire(Checkpoint saved) => new()
    {
        Step = saved.Step,
        Path = saved.Path,
        Bytes = saved.Bytes,
        Sha256 = saved.Sha256,
        Time = saved.Time.ToTimestamp(),
    };
}
