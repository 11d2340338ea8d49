using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;

namespace GpuScheduler.Worker.Execution;

/// <summary>Where an attempt's output goes: the files that the job names, else one in the attempt's folder.</summary>
/// <param name="StandardError">Null: in the same file as standard output, in the order they came, as Slurm does unless it is named.</param>
internal sealed record OutputFiles(string StandardOutput, string? StandardError)
{
    public static OutputFiles For(AttemptFolder folder, Dispatch dispatch, string workingDirectory, string node)
    {
        var spec = dispatch.Spec;
        string? Named(string pattern) =>
            pattern.Length == 0 ? null : Path.Combine(workingDirectory, OutputPattern.Expand(pattern, dispatch, node));

        return new(Named(spec.Output) ?? folder.StandardOutput, Named(spec.Error));
    }

    /// <summary>
    /// Empties or creates the files that the job names; the supervisor then appends, so that two writers can't overwrite each
    /// other. Those in the attempt's own folder are new with it, and made when the supervisor starts.
    /// </summary>
    /// <exception cref="JobFaultException">A file that the job names can't be written.</exception>
    /// <param name="folder">What lies there is made by itself.</param>
    /// <param name="truncate">Empties what is there already.</param>
    /// <param name="mode">Of files that aren't there yet.</param>
    public void Create(AttemptFolder folder, bool truncate, UnixFileMode mode)
    {
        foreach (var path in new[] { StandardOutput, StandardError })
        {
            if (path is not null && path != folder.StandardOutput)
                Create(path, truncate, mode);
        }
    }

    private static void Create(string path, bool truncate, UnixFileMode mode)
    {
        try
        {
            using var file = JobFile.OpenToAppend(path, mode);
            if (truncate && RandomAccess.GetLength(file) > 0)
                RandomAccess.SetLength(file, 0);
        }
        catch (IOException error) when (!NodeErrors.Is(error))
        {
            throw new JobFaultException($"output file '{path}' can't be written: {error.Message}. "
                + "Allowed: a regular file in an existing, writable directory, or /dev/null.", LaunchFault.Missing);
        }
    }
}
