namespace GpuScheduler.Worker.Execution.Groups;

/// <summary>What --cgroup says.</summary>
internal enum CgroupChoice
{
    /// <summary>
    /// A control group for each attempt where the worker may make them; else attempts are held together by session alone.
    /// </summary>
    Auto,

    /// <summary>None, even where they could be made.</summary>
    Off,
}
