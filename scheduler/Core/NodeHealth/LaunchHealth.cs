using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.NodeHealth;

/// <summary>A node on which nothing starts swallows the whole queue unless it is taken out ("black hole").</summary>
internal static class LaunchHealth
{
    /// <summary>
    /// Counts a launch failure: the node rests, longer each time, so that others take the work. At the limit it takes no new work until
    /// an administrator resumes it.
    /// </summary>
    public static void OnFailure(Node node, string message, RetryConfig config, DateTimeOffset now)
    {
        node.LaunchFailures++;
        node.Faults = node.Faults.Add(now);
        node.RestsUntil = now + config.WaitAfter(node.LaunchFailures);
        if (node.LaunchFailures < config.NodeLaunchFailures || node.Cordon is not null) return;
        var last = message.Length == 0 ? "" : $"; the last: {message}";
        var what = $"mend it, then: gpusched resume {node.Id}";
        node.Cordon = new Cordon($"{node.LaunchFailures} launches failed in a row{last}; {what}", "", now, null);
    }

    /// <summary>Something started: the node is sound. True when that changed anything.</summary>
    public static bool OnSuccess(Node node)
    {
        if (node.LaunchFailures == 0) return false;
        node.LaunchFailures = 0;
        return true;
    }

    /// <summary>An administrator says that it is sound: it need not rest any longer.</summary>
    public static void Forget(Node node)
    {
        node.LaunchFailures = 0;
        if (node.RestsUntil is not null) node.RestsUntil = DateTimeOffset.MinValue;
    }
}
