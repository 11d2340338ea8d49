using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output.Json;

/// <summary>A waiting job's effective priority, in points.</summary>
internal sealed record PriorityJson(
    string Id, string User, string? Project, string Tier, double Total, double Priority, double Age, double FairShare, double Deadline,
    bool Overdue)
{
    public static PriorityJson From(JobPriority job) => new(
        job.Id, job.User, job.Project.Length > 0 ? job.Project : null, job.Tier, job.Total, job.Priority, job.Age, job.FairShare,
        job.Deadline, job.Overdue);
}

internal sealed record PrioritiesJson(IReadOnlyList<PriorityJson> Jobs);

/// <summary>Where a user or project stands. Use is decayed cost × hours.</summary>
internal sealed record ShareJson(
    string? Project, string? User, int Shares, double NormalizedShare, double UseHours, double Rate, double EffectiveUse, double Factor,
    int Jobs)
{
    public static ShareJson From(AccountShare account) => new(
        account.Project.Length > 0 ? account.Project : null, account.User.Length > 0 ? account.User : null, account.Shares,
        account.NormalizedShare,
        account.Use / 3600, account.Rate, account.EffectiveUse, account.Factor, account.Jobs);
}

internal sealed record SharesJson(IReadOnlyList<ShareJson> Accounts);
