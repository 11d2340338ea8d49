using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>The notices of a submission's jobs. Those of a sweep are alike: the last one is made once and kept once.</summary>
internal sealed class StopNotices(PoolConfig rules, DeviceCatalog catalog)
{
    private Known? _last;

    /// <summary>As <see cref="StopNotice.For"/> says.</summary>
    public string For(JobSpec spec)
    {
        if (_last is { } last && IsAlike(last.Spec, spec)) return last.Notice;
        var notice = StopNotice.For(rules, spec, catalog);
        _last = new Known(spec, notice);
        return notice;
    }

    /// <summary>In all that a notice goes by.</summary>
    private static bool IsAlike(JobSpec one, JobSpec other) =>
        ReferenceEquals(one.Request, other.Request) && one.Grace == other.Grace && one.Tier == other.Tier
        && one.Draft.Checkpoint.Enabled == other.Draft.Checkpoint.Enabled;

    private sealed record Known(JobSpec Spec, string Notice);
}
