using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Model;
using GpuScheduler.Protos;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>A submission, both ways. Words stay words: only admission reads them.</summary>
internal static class SpecMapper
{
    public static JobDraft FromWire(Wire.JobSpec sent)
    {
        if (RawSpec.IsOpen(sent)) return Read(sent);
        var spec = sent.Clone();
        RawSpec.Open(spec);
        return Read(spec);
    }

    private static JobDraft Read(Wire.JobSpec spec) => new()
    {
        Name = spec.Name,
        User = spec.User,
        Project = spec.Project,
        Tier = spec.Tier,
        Gpus = spec.Gpus,
        GpusPerNode = spec.GpusPerNode,
        NodeCount = spec.Nodes,
        MixedCards = spec.MixedCards,
        NvLink = spec.Nvlink,
        Cpus = spec.Cpus,
        Memory = spec.Memory,
        TimeLimit = spec.TimeLimit,
        Deadline = spec.Deadline,
        UtcOffsetMinutes = spec.UtcOffsetMinutes,
        Priority = spec.Priority,
        Retries = spec.HasRetries ? spec.Retries : null,
        NoRequeue = spec.NoRequeue,
        Checkpoint = spec.Checkpoint is { } checkpoint
            ? new CheckpointSpec(checkpoint.Enabled, checkpoint.Directory, checkpoint.Signal)
            : CheckpointSpec.None,
        Grace = spec.Grace is { } grace ? WireTimes.Span(grace) : null,
        Environment = spec.Environment,
        WorkingDirectory = spec.WorkingDirectory,
        // A script's arguments and a program's command share one place in Core; the wire keeps them apart.
        Command = spec.Script.Length > 0 && spec.Command.Count == 0 ? spec.ScriptArguments : spec.Command,
        Script = spec.Script,
        Array = spec.Array,
        Dependency = spec.Dependency,
        Hold = spec.Hold,
        Output = spec.Output,
        Error = spec.Error,
        NodeList = spec.NodeList,
        Exclude = spec.Exclude,
        Comment = spec.Comment,
        Precision = spec.Precision,
        MinDriver = spec.MinDriver,
        MinCuda = spec.MinCuda,
        MemoryPerGpu = spec.MemoryPerGpu,
        SameCard = spec.SameCard,
        Exclusive = spec.Exclusive,
        GpuShare = spec.GpuShare,
        GpuMemory = spec.GpuMemory,
        Surroundings = SurroundingsMapper.FromWire(spec),
    };

    public static Wire.JobSpec ToWire(JobDraft draft)
    {
        var spec = new Wire.JobSpec
        {
            Name = draft.Name,
            User = draft.User,
            Project = draft.Project,
            Tier = draft.Tier,
            Gpus = draft.Gpus,
            GpusPerNode = draft.GpusPerNode,
            Nodes = draft.NodeCount,
            MixedCards = draft.MixedCards,
            Nvlink = draft.NvLink,
            Cpus = draft.Cpus,
            Memory = draft.Memory,
            TimeLimit = draft.TimeLimit,
            Deadline = draft.Deadline,
            UtcOffsetMinutes = draft.UtcOffsetMinutes,
            Priority = draft.Priority,
            NoRequeue = draft.NoRequeue,
            Checkpoint = ToWire(draft.Checkpoint),
            Grace = draft.Grace is { } grace ? Duration.FromTimeSpan(grace) : null,
            Environment = { draft.Environment.ToDictionary(entry => entry.Key, entry => entry.Value) },
            WorkingDirectory = draft.WorkingDirectory,
            Script = draft.Script,
            Array = draft.Array,
            Dependency = draft.Dependency,
            Hold = draft.Hold,
            Output = draft.Output,
            Error = draft.Error,
            NodeList = draft.NodeList,
            Exclude = draft.Exclude,
            Comment = draft.Comment,
            Precision = draft.Precision,
            MinDriver = draft.MinDriver,
            MinCuda = draft.MinCuda,
            MemoryPerGpu = draft.MemoryPerGpu,
            SameCard = draft.SameCard,
            Exclusive = draft.Exclusive,
            GpuShare = draft.GpuShare,
            GpuMemory = draft.GpuMemory,
        };
        if (draft.Retries is { } retries) spec.Retries = retries;
        (draft.Script.Length > 0 || draft.KeptScript is not null ? spec.ScriptArguments : spec.Command).AddRange(draft.Command);
        SurroundingsMapper.Write(draft.Surroundings, spec);
        RawSpec.Close(spec);
        return spec;
    }

    private static Wire.CheckpointSpec ToWire(CheckpointSpec checkpoint) =>
        new() { Enabled = checkpoint.Enabled, Directory = checkpoint.Directory, Signal = checkpoint.Signal };
}
