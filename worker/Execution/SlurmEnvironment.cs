using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>Slurm's names for the same facts, so that scripts and libraries written for it go on working.</summary>
internal static class SlurmEnvironment
{
    public static void AddTo(Dictionary<string, string> environment, Dispatch dispatch, AttemptSetting setting)
    {
        var cpus = dispatch.CpuCores.ToString(CultureInfo.InvariantCulture);
        environment["SLURM_JOB_ID"] = dispatch.JobId;
        environment["SLURM_JOBID"] = dispatch.JobId;
        environment["SLURM_JOB_NAME"] = dispatch.Spec.Name;
        environment["SLURM_JOB_USER"] = dispatch.Spec.User;
        environment["SLURM_JOB_PARTITION"] = dispatch.Tier;
        environment["SLURMD_NODENAME"] = setting.Node.Name;
        environment["SLURM_CPUS_PER_TASK"] = environment["SLURM_CPUS_ON_NODE"] = cpus;
        // Absent at first, as in Slurm: scripts take its presence for a restart.
        if (dispatch.Attempt > 1)
            environment["SLURM_RESTART_COUNT"] = (dispatch.Attempt - 1).ToString(CultureInfo.InvariantCulture);
        var called = dispatch.Spec.SubmitDirectory;
        environment["SLURM_SUBMIT_DIR"] = called.Length > 0 ? called : setting.WorkingDirectory;
        if (setting.EndTime is { } end)
            environment["SLURM_JOB_END_TIME"] = end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (dispatch.HasArrayIndex)
            AddArray(environment, dispatch);
    }

    private static void AddArray(Dictionary<string, string> environment, Dispatch dispatch)
    {
        environment["SLURM_ARRAY_JOB_ID"] = dispatch.ArrayId;
        environment["SLURM_ARRAY_TASK_ID"] = dispatch.ArrayIndex.ToString(CultureInfo.InvariantCulture);
        environment["SLURM_ARRAY_TASK_COUNT"] = dispatch.ArraySize.ToString(CultureInfo.InvariantCulture);
    }
}
