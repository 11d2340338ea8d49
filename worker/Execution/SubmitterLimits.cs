using System.Globalization;
using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// The submitter's file mode creation mask and soft limits, as its shell would hand them on. They are set in the job's own process:
/// the one that supervises it must be able to write down its end, whatever the job may not do.
/// </summary>
internal sealed class SubmitterLimits(IReadOnlyDictionary<string, (ulong? Soft, ulong? Hard)> own)
{
    private const uint UsualMask = 18;

    /// <summary>The kernel's number of each, and how a shell's ulimit says it: flag and bytes in its unit.</summary>
    private static readonly Dictionary<string, (int Number, string Flag, ulong Unit)> s_known = new(StringComparer.Ordinal)
    {
        ["cpu"] = (0, "-t", 1),
        ["fsize"] = (1, "-f", 512),
        ["data"] = (2, "-d", 1024),
        ["stack"] = (3, "-s", 1024),
        ["core"] = (4, "-c", 512),
        ["rss"] = (5, "-m", 1024),
        ["nproc"] = (6, "-u", 1),
        ["nofile"] = (7, "-n", 1),
        ["memlock"] = (8, "-l", 1024),
        ["as"] = (9, "-v", 1024),
    };

    /// <summary>With this process's hard limits: no job can have more.</summary>
    public static SubmitterLimits OfThisProcess() => new(ProcessLimits.Parse(File.ReadAllText("/proc/self/limits")));

    /// <summary>For supervise.c: "MASK NUMBER:SOFT:HARD …", all decimal.</summary>
    public string ForMachineCode(JobSpec spec) => string.Join(
        ' ',
        Limits(spec).Select(limit => string.Create(
            CultureInfo.InvariantCulture, $"{s_known[limit.Name].Number}:{Number(limit.Soft)}:{Number(limit.Hard)}"))
            .Prepend(MaskOf(spec).ToString(CultureInfo.InvariantCulture)));

    /// <summary>For supervise.sh: commands. What a shell can't set stays as it is. Of processes, dash calls "-p" what bash calls
    /// "-u".</summary>
    public string ForShell(JobSpec spec) =>
        string.Join("; ", Limits(spec).Select(InShell).Prepend($"umask {Convert.ToString(MaskOf(spec), 8)}"));

    /// <summary>Of a file that the submitter's shell would make.</summary>
    public static UnixFileMode FileModeOf(JobSpec spec)
    {
        const int forAll = 0x1B6;
        return (UnixFileMode)(forAll & ~MaskOf(spec));
    }

    private static string InShell((string Name, ulong? Soft, ulong? Hard) limit)
    {
        var (_, flag, unit) = s_known[limit.Name];
        var value = limit.Soft is { } soft ? (soft / unit).ToString(CultureInfo.InvariantCulture) : "unlimited";
        string Command(string how) => $"ulimit -S {how} {value} 2>/dev/null";
        return limit.Name == "nproc" ? $"{{ {Command(flag)} || {Command("-p")}; }}" : Command(flag);
    }

    private static int MaskOf(JobSpec spec) => (int)(spec.HasUmask ? spec.Umask : UsualMask);

    private IEnumerable<(string Name, ulong? Soft, ulong? Hard)> Limits(JobSpec spec)
    {
        foreach (var limit in spec.SoftLimits)
        {
            if (!s_known.ContainsKey(limit.Name) || !own.TryGetValue(limit.Name, out var mine))
                continue;
            ulong? asked = limit.HasValue ? limit.Value : null;
            yield return (limit.Name, mine.Hard is { } hard && !(asked < hard) ? hard : asked, mine.Hard);
        }
    }

    private static ulong Number(ulong? limit) => limit ?? ulong.MaxValue;
}
