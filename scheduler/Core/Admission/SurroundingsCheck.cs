using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Names of soft limits as setrlimit(2) and the wire have them.</summary>
public static class SoftLimitNames
{
    /// <summary>Instead of a number: no limit.</summary>
    public const string Unlimited = "unlimited";

    internal static readonly string[] All = ["as", "core", "cpu", "data", "fsize", "memlock", "nofile", "nproc", "rss", "stack"];
}

/// <summary>Checks what a job takes over from its submitter's shell.</summary>
internal static class SurroundingsCheck
{
    private const int LargestUmask = 511;

    public static void Run(Surroundings surroundings, FaultList faults)
    {
        faults.Require(
            surroundings.Umask is null or (>= 0 and <= LargestUmask), "umask", $"{Octal(surroundings.Umask)}", "0 … 777, octal");
        PathCheck.Folder(surroundings.SubmitDirectory, "submit_directory", faults);
        if (surroundings.SoftLimits.Length == 0) return;
        var limits = surroundings.SoftLimits.Split(' ');
        foreach (var limit in limits.Take(SoftLimitNames.All.Length + 1))
            faults.Require(
                IsLimit(limit), "soft_limits", limit, $"a value for one of {string.Join(", ", SoftLimitNames.All)}");
        faults.Require(
            limits.DistinctBy(limit => limit.Split('=')[0]).Count() == limits.Length, "soft_limits", $"{limits.Length} limits",
            "each name once");
    }

    private static bool IsLimit(string text) => text.Split('=') is [var name, var value] && SoftLimitNames.All.Contains(name)
        && (value == SoftLimitNames.Unlimited || ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static string Octal(int? umask) => umask is { } mask ? Convert.ToString(mask, 8) : "";
}
