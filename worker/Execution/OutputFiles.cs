using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>Where an attempt's output goes: the files that the job names, else stdout and stderr in the attempt's folder.</summary>
/// <param name="StandardError">Null: joined with standard output, as sbatch does when only that is named.</param>
internal sealed record OutputFiles(string StandardOutput, string? StandardError)
{
    private const int DiskFull = 28;
    private const int QuotaExceeded = 122;

    public static OutputFiles For(AttemptFolder folder, Dispatch dispatch, string workingDirectory, string node)
    {
        var spec = dispatch.Spec;
        string? Named(string pattern) =>
            pattern.Length == 0 ? null : Path.Combine(workingDirectory, OutputPattern.Expand(pattern, dispatch, node));

        var output = Named(spec.Output);
        var error = Named(spec.Error) ?? (output is null ? folder.StandardError : null);
        return new(output ?? folder.StandardOutput, error);
    }

    /// <summary>
    /// Empties or creates the files that the job names; the supervisor then appends, so that two writers can't overwrite each
    /// other. Those in the attempt's own folder are new with it, and made when the supervisor starts.
    /// </summary>
    /// <exception cref="JobFaultException">A file that the job names can't be written.</exception>
    public void Create(AttemptFolder folder, bool truncate)
    {
        foreach (var path in new[] { StandardOutput, StandardError })
        {
            if (path is not null && path != folder.StandardOutput && path != folder.StandardError)
                Create(path, truncate);
        }
    }

    private static void Create(string path, bool truncate)
    {
        try
        {
            using var file = new FileStream(path, truncate ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException && !IsNodesFault(error)))
        {
            throw new JobFaultException($"output file '{path}' can't be written: {error.Message} "
                + "Allowed: a path in an existing, writable directory.");
        }
    }

    private static bool IsNodesFault(Exception error) => (error.HResult & 0xFFFF) is DiskFull or QuotaExceeded;
}
