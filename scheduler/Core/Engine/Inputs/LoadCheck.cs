using GpuScheduler.Core.Model;
using GpuScheduler.Core.Quotas;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Refuses a submission that would take more of the scheduler's machine than one user may; for one request.</summary>
internal sealed class LoadCheck(UserLoads loads)
{
    private readonly Dictionary<string, UserLoads.Load> _before = new(StringComparer.Ordinal);

    /// <summary>Counts a submission of the request; null: it may be admitted.</summary>
    public Fault? Add(JobSpec spec, string field)
    {
        var before = _before.GetValueOrDefault(spec.User);
        _before[spec.User] = before.Plus(UserLoads.Of(spec));
        return loads.Exceeded(spec, before) is { } limit ? new Fault($"{field}{limit.Field}", limit.Value, limit.Allowed) : null;
    }
}
