using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.NodeHealth;

/// <summary>When what runs under a cordon with a deadline must be stopped, so that it is gone by then.</summary>
internal static class DrainSchedule
{
    /// <summary>Of the drains over what an attempt holds on the node the one that ends first; null: the attempt may finish.</summary>
    public static Cordon? Over(Node node, NodeShare share)
    {
        var first = node.Cordon is { Deadline: not null } whole ? whole : null;
        if (node.DeviceCordons.Count == 0) return first;
        foreach (var card in node.Devices.Where(card => share.Holds(card.Uuid)))
        {
            foreach (var cordon in node.CordonsOf(card))
            {
                if (cordon.Deadline is { } deadline && !(first?.Deadline <= deadline)) first = cordon;
            }
        }

        return first;
    }

    /// <summary>When to ask it to stop: a grace before the deadline.</summary>
    public static DateTimeOffset StopTime(DateTimeOffset deadline, TimeSpan grace) => deadline - grace;

    /// <summary>The grace that is left; shorter than asked for when the deadline is near.</summary>
    public static TimeSpan GraceAt(DateTimeOffset now, DateTimeOffset deadline, TimeSpan grace)
    {
        var left = deadline - now;
        if (left < TimeSpan.Zero) return TimeSpan.Zero;
        return left < grace ? left : grace;
    }

    /// <summary>True while some cordon of the node has a deadline.</summary>
    public static bool HasDeadline(Node node) =>
        node.Cordon?.Deadline is not null
            || (node.DeviceCordons.Count > 0 && node.DeviceCordons.Values.Any(cordon => cordon.Deadline is not null));
}
