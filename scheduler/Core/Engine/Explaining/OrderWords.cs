using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Puts effective priorities into words.</summary>
internal static class OrderWords
{
    /// <summary>Why the first of a lane goes before a job; empty where nothing sets them apart but who came first.</summary>
    public static string WhyBehind(PoolState state, Job job, AccountLine line, DateTimeOffset now)
    {
        if (line.Lane.Best is not { First: { } first } || first == job) return "";
        var (mine, theirs) = (OrderViews.Of(state, job, now), OrderViews.Of(state, first, now));
        if (mine is null || theirs is null) return "";
        if (theirs.Overdue && !mine.Overdue)
            return $"; job {first.Id} of {first.Spec.User} has waited longer than {Words.Span(state.Config.Order.MaxWait)} and goes first";
        if (state.Config.Policy != PoolPolicy.Default)
            return $"; policy '{state.Config.Policy}' has job {first.Id} of {first.Spec.User} go first";
        return $"; it has {Points(mine)}, job {first.Id} of {first.Spec.User} {Points(theirs)}";
    }

    /// <summary>Such as <c>1520 points (age 20, fair share 1500)</c>.</summary>
    private static string Points(JobPriority priority)
    {
        var parts = new[]
        {
            ("priority", priority.Priority), ("age", priority.Age), ("fair share", priority.FairShare), ("deadline", priority.Deadline),
        }
            .Where(part => part.Item2 != 0).Select(part => $"{part.Item1} {Number(part.Item2)}");
        return $"{Number(priority.Total)} points ({string.Join(", ", parts)})";
    }

    private static string Number(double points) => points.ToString("0.0", CultureInfo.InvariantCulture);
}
