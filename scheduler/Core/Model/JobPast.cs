namespace GpuScheduler.Core.Model;

/// <summary>What a job has that was held, or has run. <see cref="None"/> stands for all that have not; it is never changed.</summary>
internal sealed class JobPast
{
    public static readonly JobPast None = new();

    public Reason? Reason { get; set; }

    public string ReasonText { get; set; } = "";

    public int AttemptNumber { get; set; }

    public Attempt? Attempt { get; set; }

    public int Failures { get; set; }

    public int LaunchFailures { get; set; }

    public IReadOnlyList<Act> Acts { get; set; } = [];

    public IReadOnlyList<Checkpoint> Checkpoints { get; set; } = [];

    public long EligibleTicks { get; set; } = Ticks.Never;

    public long StartTicks { get; set; } = Ticks.Never;

    public long EndTicks { get; set; } = Ticks.Never;

    public int? ExitCode { get; set; }

    public int? Signal { get; set; }

    public JobPast Copy() => (JobPast)MemberwiseClone();
}
