using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Views;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>Jobs and attempts for clients.</summary>
internal static class JobMapper
{
    /// <summary>A job with what is known of its attempts, oldest first, and with the models of its devices.</summary>
    public static Wire.Job ToWire(JobView view, IReadOnlyList<AttemptView> attempts, IReadOnlyList<string> models)
    {
        var job = new Wire.Job
        {
            Id = view.Id.ToString(),
            Spec = Public(view.Spec),
            Tier = view.Spec.Tier,
            TierDerived = view.Spec.TierDerivedFrom is not null,
            State = EnumMapper.ToWire(view.State),
            Reason = view.Reason?.ToString() ?? "",
            ReasonText = view.ReasonText,
            Attempt = view.Attempt?.Number ?? 0,
            SubmitTime = view.SubmitTime.ToTimestamp(),
            StartTime = view.StartTime?.ToTimestamp(),
            EndTime = view.EndTime?.ToTimestamp(),
            CheckpointTime = view.Checkpoint?.Time.ToTimestamp(),
            Failures = view.Failures,
            CpuCores = view.Spec.Request.CpuCores,
            MemoryMib = view.Spec.Request.MemoryMib,
            OnLoan = view.OnLoan,
            Deadline = view.Spec.Deadline?.ToTimestamp(),
            Acts = { view.Acts.Select(ActMapper.ToWire) },
            Attempts = { attempts.Select(ToWire) },
        };
        if (view.ExitCode is { } exitCode) job.ExitCode = exitCode;
        if (view.Signal is { } signal) job.Signal = signal;
        if (view.Checkpoint is { } checkpoint) job.CheckpointStep = checkpoint.Step;
        if (view.Attempt is { } newest) AddPlace(job, newest, models);
        return job;
    }

    /// <summary>The node and devices stay named once the job has ended: they say where it ran. While it waits to try again they
    /// would only mislead.</summary>
    private static void AddPlace(Wire.Job job, AttemptView newest, IReadOnlyList<string> models)
    {
        if (newest.ResumedFromStep is { } step) job.ResumedFromStep = step;
        if (job.State is Wire.JobState.Pending or Wire.JobState.RequeueHold) return;
        job.Node = newest.Allocation.Head.Node.Name;
        job.Devices.AddRange(newest.Allocation.AllDevices().Select(device => device.Uuid));
        job.Nodes.AddRange(newest.Allocation.Nodes.Select(ToWire));
        job.DeviceModels.AddRange(models);
    }

    private static Wire.Attempt ToWire(AttemptView view)
    {
        var attempt = new Wire.Attempt
        {
            Number = view.Number,
            Node = view.Allocation.Head.Node.Name,
            Devices = { view.Allocation.AllDevices().Select(device => device.Uuid) },
            Nodes = { view.Allocation.Nodes.Select(ToWire) },
            StartTime = view.StartTime?.ToTimestamp(),
            EndTime = view.EndTime?.ToTimestamp(),
            Cause = view.Cause is { } cause ? EnumMapper.ToWire(cause) : Wire.EndCause.Unspecified,
            LostWork = view.LostWork is { } lost ? Duration.FromTimeSpan(lost) : null,
            Message = view.Message,
        };
        if (view.ExitCode is { } exitCode) attempt.ExitCode = exitCode;
        if (view.Signal is { } signal) attempt.Signal = signal;
        if (view.ResumedFromStep is { } from) attempt.ResumedFromStep = from;
        if (view.LastStep is { } last) attempt.LastStep = last;
        return attempt;
    }

    private static Wire.NodeShare ToWire(NodeShare share) => new()
    {
        Node = share.Node.Name,
        Devices = { share.Devices.Select(ToWire) },
        CpuCores = share.CpuCores,
        MemoryMib = share.MemoryMib,
    };

    private static Wire.DeviceShare ToWire(DeviceShare device) =>
        new() { Uuid = device.Uuid, MilliGpu = device.MilliGpu, MemoryMib = device.MemoryMib };

    /// <summary>What others may see of a submission: values of environment variables may be secrets, a script may be 4 MiB.</summary>
    private static Wire.JobSpec Public(JobSpec spec)
    {
        var wire = SpecMapper.ToWire(spec.Draft with { Environment = new Dictionary<string, string>(), Script = "" });
        wire.Name = spec.Name;
        if (spec.Draft.Script.Length > 0)
        {
            wire.ScriptArguments.AddRange(wire.Command);
            wire.Command.Clear();
        }

        return wire;
    }
}
