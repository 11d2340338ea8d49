using System.Globalization;
using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Model;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>What a job takes over from its submitter's shell, both ways. Admission checks it.</summary>
internal static class SurroundingsMapper
{
    public static Surroundings FromWire(Wire.JobSpec spec) =>
        !spec.HasUmask && spec.SoftLimits.Count == 0 && spec.SubmitDirectory.Length == 0 ? Surroundings.Unknown : new Surroundings
        {
            // Too large a number must not become a small one.
            Umask = spec.HasUmask ? (int)Math.Min(spec.Umask, int.MaxValue) : null,
            SoftLimits = string.Join(' ', spec.SoftLimits.Select(limit => $"{limit.Name}={ValueOf(limit)}")),
            SubmitDirectory = spec.SubmitDirectory,
        };

    public static void Write(Surroundings from, Wire.JobSpec spec)
    {
        if (from.Umask is { } umask) spec.Umask = (uint)umask;
        spec.SubmitDirectory = from.SubmitDirectory;
        foreach (var entry in from.SoftLimits.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var limit = new Wire.SoftLimit { Name = entry[..entry.IndexOf('=')] };
            if (ulong.TryParse(entry[(limit.Name.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                limit.Value = value;
            spec.SoftLimits.Add(limit);
        }
    }

    private static string ValueOf(Wire.SoftLimit limit) =>
        limit.HasValue ? limit.Value.ToString(CultureInfo.InvariantCulture) : SoftLimitNames.Unlimited;
}
