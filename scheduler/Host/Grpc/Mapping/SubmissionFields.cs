using System.Collections.Frozen;
using GpuScheduler.Core.Model;
using JobSpec = GpuScheduler.Protos.V1.JobSpec;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>Where in a submission a fault is: people know a field by its flag, programs by its path in the request.</summary>
internal static class SubmissionFields
{
    /// <summary>Words of the command line that the contract has other names for.</summary>
    private static readonly FrozenDictionary<string, string> s_others = new Dictionary<string, string>
    {
        ["checkpoint"] = "checkpoint.directory",
        ["checkpoint-signal"] = "checkpoint.signal",
        ["env"] = "environment",
        ["gpu-mem"] = "gpu_memory",
        ["mem-per-gpu"] = "memory_per_gpu",
        ["mixed"] = "mixed_cards",
        ["nodelist"] = "node_list",
        ["time"] = "time_limit",
        ["workdir"] = "working_directory",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_inSpec =
        JobSpec.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The same fault by its place in the request.</summary>
    public static Fault InRequest(Fault fault) => new(PathOf(fault.Field), fault.Value, fault.Allowed);

    /// <summary><c>jobs[3].time</c> is <c>jobs[3].spec.time_limit</c>; what is no field of a specification stays as it is.</summary>
    internal static string PathOf(string field)
    {
        var inBatch = field.StartsWith("jobs[", StringComparison.Ordinal) ? field.IndexOf("].", StringComparison.Ordinal) + 2 : 0;
        var (job, name) = inBatch > 2 ? (field[..inBatch], field[inBatch..]) : ("", field);
        var (word, rest) = name.IndexOf('[') is > 0 and var bracket ? (name[..bracket], name[bracket..]) : (name, "");
        var path = s_others.GetValueOrDefault(word) ?? word.Replace('-', '_');
        return s_inSpec.Contains(path.Split('.')[0]) ? $"{job}spec.{path}{rest}" : field;
    }
}
