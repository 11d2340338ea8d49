namespace GpuScheduler.Worker.Execution.Supervision;

/// <summary>What --supervisor says.</summary>
internal enum SupervisorChoice
{
    /// <summary>Machine code where it was compiled and runs; else a shell's script.</summary>
    Auto,

    /// <summary>A shell's script, always.</summary>
    Shell,
}
