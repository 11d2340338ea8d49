using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>How a process finds the others of its gang; a job of one node is a gang of one, without a meeting place. How many processes
/// each node starts is the job's own business, so WORLD_SIZE and RANK are left to it.</summary>
internal static class GangEnvironment
{
    public static void AddTo(Dictionary<string, string> environment, Dispatch dispatch, AttemptSetting setting)
    {
        var gang = dispatch.Gang;
        var nodes = gang is null ? setting.Node.Name : string.Join(',', gang.Nodes);
        var (rank, count) = (Text(gang?.Rank ?? 0), Text(gang?.Nodes.Count ?? 1));
        environment["GPUSCHED_NODE_RANK"] = environment["NODE_RANK"] = rank;
        environment["GPUSCHED_NNODES"] = count;
        environment["GPUSCHED_NODELIST"] = nodes;
        environment["SLURM_JOB_NODELIST"] = environment["SLURM_NODELIST"] = nodes;
        environment["SLURM_JOB_NUM_NODES"] = environment["SLURM_NNODES"] = environment["SLURM_NTASKS"] = count;
        environment["SLURM_NODEID"] = environment["SLURM_PROCID"] = rank;
        environment["SLURM_LOCALID"] = "0";
        if (gang is null)
            return;
        environment["MASTER_ADDR"] = gang.HeadAddress;
        environment["MASTER_PORT"] = Text(gang.HeadPort);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
