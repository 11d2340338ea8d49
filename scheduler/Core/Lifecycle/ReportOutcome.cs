namespace GpuScheduler.Core.Lifecycle;

/// <summary>What became of a report. Reports come late and twice as a matter of course, so none of these is an error.</summary>
internal abstract record ReportOutcome
{
    private ReportOutcome()
    {
    }

    /// <summary>It was news.</summary>
    public sealed record Changed : ReportOutcome;

    /// <summary>It says what is known already.</summary>
    public sealed record Duplicate : ReportOutcome;

    /// <summary>It no longer counts.</summary>
    public sealed record Illegal(string Why) : ReportOutcome;
}
