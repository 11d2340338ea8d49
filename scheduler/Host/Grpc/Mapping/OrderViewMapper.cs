using GpuScheduler.Core.Engine;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>What the order rests on, as the wire carries it.</summary>
internal static class OrderViewMapper
{
    public static Wire.JobPriority ToWire(JobPriority priority) => new()
    {
        Id = $"{priority.Job}",
        User = priority.User,
        Project = priority.Project,
        Tier = priority.Tier,
        Total = priority.Total,
        Priority = priority.Priority,
        Age = priority.Age,
        FairShare = priority.FairShare,
        Deadline = priority.Deadline,
        Overdue = priority.Overdue,
    };

    public static Wire.AccountShare ToWire(AccountShare share) => new()
    {
        Project = share.Account.Project,
        User = share.Account.User,
        Shares = share.Shares,
        NormalizedShare = share.NormalizedShare,
        Use = share.Use,
        EffectiveUse = share.EffectiveUse,
        Factor = share.Factor,
        Rate = share.Rate,
        Jobs = share.Jobs,
    };
}
