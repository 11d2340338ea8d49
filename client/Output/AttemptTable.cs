using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>A job's attempts: where, how long, from which step to which, and what ended each.</summary>
internal static class AttemptTable
{
    public static IEnumerable<string> Lines(Job job, DateTimeOffset now, int width) =>
        FittedTable.Lines(Columns(now), job.Attempts, width, color: false);

    private static Column<Attempt>[] Columns(DateTimeOffset now) =>
    [
        new("#", attempt => attempt.Number.ToString(CultureInfo.InvariantCulture)) { RightAligned = true },
        new("NODE", attempt => attempt.Nodes.Count > 1 ? string.Join(',', attempt.Nodes.Select(share => share.Node)) : attempt.Node),
        new("CARDS", attempt => attempt.Devices.Count == 0 ? JobRows.None : string.Join(',', attempt.Devices)) { Minimum = 10,
            DropOrder = 1 },
        new("TIME", attempt => Durations.Of(attempt.StartTime, attempt.EndTime, now)) { RightAligned = true },
        new("STEPS", Steps),
        new("ENDED BY", End) { Minimum = 12 },
        new("LOST", attempt => attempt.LostWork is null ? JobRows.None : Seconds(attempt.LostWork.ToTimeSpan())) { RightAligned = true },
    ];

    private static string Steps(Attempt attempt)
    {
        var from = attempt.HasResumedFromStep ? attempt.ResumedFromStep.ToString(CultureInfo.InvariantCulture) : "0";
        return attempt.HasLastStep ? $"{from}-{attempt.LastStep}" : attempt.HasResumedFromStep ? $"{from}-" : JobRows.None;
    }

    private static string End(Attempt attempt)
    {
        if (attempt.EndTime is null)
            return "still running";

        var how = attempt.Cause == EndCause.Exited && attempt.HasExitCode ? $"exit {attempt.ExitCode}" : EnumNames.Of(attempt.Cause);
        return attempt.Message.Length > 0 ? $"{how}: {attempt.Message}" : how;
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + "s";
}
