using System.Text;
using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Rules;

/// <summary>Bounds what workers report of attempts. A start or an end that is refused would be lost, so what can't be true of it is
/// left out; a checkpoint that can't be true is refused.</summary>
internal static class ReportRules
{
    /// <summary>A worker's clock may be behind by this much without being wrong.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Adds what makes a report useless.</summary>
    public static void Check(PoolInput.Reported reported, FaultList faults)
    {
        faults.Require(
            reported.Sequence is >= 1 and <= Limits.Sequence, "report.sequence", $"{reported.Sequence}", $"1 … {Limits.Sequence}");
        if (reported.Event is AttemptEvent.Saved saved) Check(saved.Checkpoint, faults);
    }

    /// <summary>The report without what can't be true of it.</summary>
    public static AttemptEvent Mend(AttemptEvent report) => report switch
    {
        AttemptEvent.Started { ResumedFromStep: < 0 or > Limits.Step } => new AttemptEvent.Started(null),
        AttemptEvent.Ended ended => ended with
        {
            ExitCode = ended.ExitCode is >= 0 and <= 255 ? ended.ExitCode : null,
            Signal = ended.Signal is >= 1 and <= 64 ? ended.Signal : null,
            Message = ended.Message.Length <= Limits.MessageLength ? ended.Message : ended.Message[..Limits.MessageLength],
        },
        _ => report,
    };

    /// <summary>When it happened: a clock that is ahead can't be, and one that was put back, or is far behind, says nothing; then the
    /// moment of arrival counts.</summary>
    /// <param name="said">By the worker's clock.</param>
    /// <param name="notBefore">What came before it in the attempt's life.</param>
    /// <param name="now">The present.</param>
    public static DateTimeOffset Time(DateTimeOffset said, DateTimeOffset notBefore, DateTimeOffset now)
    {
        if (said >= notBefore) return said < now ? said : Later(notBefore, now);
        return notBefore - said <= Tolerance ? notBefore : Later(notBefore, now);
    }

    private static void Check(Checkpoint saved, FaultList faults)
    {
        faults.Require(saved.Step is >= 0 and <= Limits.Step, "checkpoint.step", $"{saved.Step}", $"0 … {Limits.Step}");
        faults.Require(
            saved.Bytes is >= 0 and <= Limits.CheckpointBytes, "checkpoint.bytes", $"{saved.Bytes}", $"0 … {Limits.CheckpointBytes}");
        faults.Require(
            Encoding.UTF8.GetByteCount(saved.Path) <= Limits.PathBytes && !saved.Path.Contains('\0'), "checkpoint.path", saved.Path,
            $"a path of at most {Limits.PathBytes} bytes, without NUL");
        faults.Require(
            saved.Sha256.Length <= 64 && saved.Sha256.All(char.IsAsciiHexDigit), "checkpoint.sha256", saved.Sha256,
            "64 hexadecimal digits, or nothing");
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
