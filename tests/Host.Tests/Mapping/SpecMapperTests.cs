using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Tests.Mapping;

public sealed class SpecMapperTests
{
    /// <summary>A field added to the wire must be set here, and then fails until the mapper knows it.</summary>
    [Fact]
    public void EveryField_SurvivesTheWayThroughCore()
    {
        var spec = Full();
        Assert.All(
            JobSpec.Descriptor.Fields.InDeclarationOrder(), field => Assert.False(IsDefault(spec, field.Name), $"{field.Name} is not set"));

        Assert.Equal(Command(spec), SpecMapper.ToWire(SpecMapper.FromWire(Command(spec))));
        Assert.Equal(Script(spec), SpecMapper.ToWire(SpecMapper.FromWire(Script(spec))));
    }

    private static JobSpec Command(JobSpec spec)
    {
        var clone = spec.Clone();
        clone.Script = "";
        clone.ScriptArguments.Clear();
        return clone;
    }

    private static JobSpec Script(JobSpec spec)
    {
        var clone = spec.Clone();
        clone.Command.Clear();
        return clone;
    }

    private static bool IsDefault(JobSpec spec, string field)
    {
        var value = JobSpec.Descriptor.FindFieldByName(field).Accessor.GetValue(spec);
        return value is null or "" or 0 or false || value is System.Collections.ICollection { Count: 0 };
    }

    private static JobSpec Full() => new()
    {
        Name = "n", User = "u", Project = "p", Tier = "t", Gpus = "a100:2", Cpus = 3, Memory = "1G", TimeLimit = "90m", Priority = 5,
        Retries = 7,
        Checkpoint = new CheckpointSpec { Enabled = true, Directory = "/c", Signal = "USR1" },
        Grace = Duration.FromTimeSpan(TimeSpan.FromSeconds(9)),
        Environment = { ["A"] = "b" }, WorkingDirectory = "/w", Command = { "a", "b" }, Script = "#!/bin/sh", ScriptArguments = { "c" },
        Array = "0-3",
        Dependency = "afterok:1", Hold = true, Output = "o", Error = "e", NodeList = "l", Exclude = "x", Comment = "c\uFFFD",
        Nodes = 2, GpusPerNode = true, MixedCards = true, Nvlink = true, NoRequeue = true, Deadline = "tomorrow", UtcOffsetMinutes = 60,
        Precision = "bf16", MinDriver = "535", MinCuda = "12.2", MemoryPerGpu = "4G", SameCard = true, Exclusive = true, GpuShare = "250m",
        GpuMemory = "6G", Umask = 18, SoftLimits = { new SoftLimit { Name = "core", Value = 0 }, new SoftLimit { Name = "stack" } },
        SubmitDirectory = "/s", Raw = new RawTexts { Comment = ByteString.CopyFrom((byte)'c', 0xE9) },
    };
}
