using GpuScheduler.Client.Calls;

namespace GpuScheduler.Client.Submission;

/// <summary>Slurm's --gres as a GPU expression: "gpu:a100:2" says "a100:2".</summary>
internal static class GresExpression
{
    public static string ToGpus(string gres)
    {
        var parts = gres.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts.Any(part => part != "gpu" && !part.StartsWith("gpu:", StringComparison.Ordinal)))
            throw CommandException.Usage($"--gres: '{gres}': gpu, gpu:COUNT or gpu:MODEL:COUNT");

        if (parts.Length > 1)
            throw CommandException.Usage($"--gres: '{gres}': one kind of card; for a choice use --gpus A100,H100:2");

        return parts[0] == "gpu" ? "1" : parts[0]["gpu:".Length..];
    }
}
