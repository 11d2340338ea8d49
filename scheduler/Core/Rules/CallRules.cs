using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;

namespace GpuScheduler.Core.Rules;

/// <summary>Bounds what people ask for. What a submission says of each job is admission's business.</summary>
internal static class CallRules
{
    public static void Submit(PoolInput.Submit submit, FaultList faults)
    {
        faults.Require(
            submit.Jobs.Count <= Limits.JobsPerCall, "jobs", $"{submit.Jobs.Count} jobs",
            $"at most {Limits.JobsPerCall} jobs in one call");
        for (var i = 0; i < submit.Jobs.Count && !faults.Any; i++)
        {
            var key = submit.Jobs[i].IdempotencyKey;
            if (key.Length == 0) continue;
            TextRule.Name(
                key, submit.Jobs.Count > 1 ? $"jobs[{i}].idempotency_key" : "idempotency_key", Limits.KeyLength, faults);
        }
    }

    public static void Cancel(PoolInput.Cancel cancel, FaultList faults)
    {
        Change(cancel.Ids, cancel.Filter, cancel.User, faults);
        TextRule.Words(cancel.Why, "reason", Limits.ReasonLength, faults);
    }

    /// <summary>A call that names jobs.</summary>
    public static void Change(IReadOnlyList<string> ids, JobFilter? filter, string user, FaultList faults)
    {
        faults.Require(ids.Count > 0 || filter is { IsGiven: true }, "ids", "", "at least one job, or a filter");
        if (filter is not null) Check(filter, faults);
        TextRule.Name(user, "user", Limits.UserLength, faults);
        faults.Require(Count(ids) <= Limits.NamedJobs, "ids", $"{ids.Count} ids", $"at most {Limits.NamedJobs} jobs in one call");
    }

    private static void Check(JobFilter filter, FaultList faults)
    {
        faults.Require(
            filter.User is null || (filter.User.Length is > 0 and <= Limits.UserLength && TextRule.IsPlain(filter.User)), "filter.user",
            filter.User ?? "", "a user's name; left out it means everybody, empty it never does");
        faults.Require(
            filter.Name is null || filter.Name.Length is > 0 and <= Limits.NameLength, "filter.name", filter.Name ?? "", "a job's name");
        faults.Require(
            filter.Tier is null || filter.Tier.Length is > 0 and <= Limits.WordLength, "filter.tier", filter.Tier ?? "", "a tier's name");
    }

    public static void Drain(PoolInput.Drain drain, FaultList faults)
    {
        Target(drain.Target, drain.User, faults);
        TextRule.Words(drain.Why, "reason", Limits.ReasonLength, faults);
        if (drain.Within is { } within)
            faults.Require(
                within >= TimeSpan.Zero && within <= Limits.Drain, "deadline", SpanText.Of(within), $"0s … {SpanText.Of(Limits.Drain)}");
        TextRule.Words(drain.By, "deadline", Limits.WordLength, faults);
        Clock(drain.UtcOffsetMinutes, faults);
    }

    /// <summary>Minutes that the caller's clock differs from UTC.</summary>
    public static void Clock(int minutes, FaultList faults) => faults.Require(
        Math.Abs((long)minutes) <= Limits.UtcOffsetMinutes, "utc_offset_minutes", $"{minutes}",
        $"-{Limits.UtcOffsetMinutes} … {Limits.UtcOffsetMinutes}");

    public static void Target(string target, string user, FaultList faults)
    {
        TextRule.Name(user, "user", Limits.UserLength, faults);
        TextRule.Name(target, "target", Limits.TargetLength, faults);
    }

    /// <summary>Jobs named, as far as it takes to know that they are too many.</summary>
    private static int Count(IReadOnlyList<string> ids)
    {
        var count = 0;
        foreach (var text in ids)
        {
            count += JobSelector.TryParse(text, "ids", out var named, out _) ? named.Count : 1;
            if (count > Limits.NamedJobs) break;
        }

        return count;
    }
}
