using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;
using Microsoft.Win32.SafeHandles;

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
    /// Opens, and empties or creates, them all. Every writer appends, so that two can't overwrite each other. Where a path that the job
    /// names leads is written down, as a link may lead elsewhere later.
    /// </summary>
    /// <exception cref="JobFaultException">A file that the job names can't be written.</exception>
    /// <exception cref="IOException">The worker's own disk takes no file.</exception>
    /// <param name="folder">What lies there is made by itself.</param>
    /// <param name="truncate">Empties what is there already.</param>
    /// <param name="mode">Of files that the job names and that aren't there yet.</param>
    public OpenOutput Open(AttemptFolder folder, bool truncate, UnixFileMode mode)
    {
        if (StandardOutput == folder.StandardOutput && StandardError is null)
            return new(JobFile.OpenToAppend(StandardOutput, JobFile.OwnerAlone), null);
        var open = new OpenOutput(Open(StandardOutput, folder, truncate, mode), null);
        try
        {
            if (StandardError is { } error)
                open = open with { StandardError = Open(error, folder, truncate, mode) };
            Remember(open, folder);
            return open;
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    /// <summary>The files that were opened, whatever their names lead to by now.</summary>
    public OutputFiles AsOpened(AttemptFolder folder) => folder.ReadOutput() is [var output, var error]
        ? new(output.Length > 0 ? output : StandardOutput, error.Length > 0 ? error : StandardError)
        : this;

    private void Remember(OpenOutput open, AttemptFolder folder)
    {
        var (output, error) = (RealPath.Of(open.StandardOutput), open.StandardError is { } second ? RealPath.Of(second) : "");
        if (output != StandardOutput || error != (StandardError ?? ""))
            folder.WriteOutput([output, error]);
    }

    private static SafeFileHandle Open(string path, AttemptFolder folder, bool truncate, UnixFileMode mode)
    {
        if (path == folder.StandardOutput)
            return JobFile.OpenToAppend(path, JobFile.OwnerAlone);
        if (PathWalk.Follow(path).SystemPlace is { } place)
            throw Fault(path, $"it leads to {place}, which is the worker's own or a device", LaunchFault.Job);
        SafeFileHandle? file = null;
        try
        {
            file = JobFile.OpenToAppend(path, mode);
            if (truncate && RandomAccess.GetLength(file) > 0)
                RandomAccess.SetLength(file, 0);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            if (NodeErrors.Is(error, path, folder.Path)) throw;
            throw Fault(path, error.Message, LaunchFault.Missing);
        }
    }

    private static JobFaultException Fault(string path, string why, LaunchFault fault) => new(
        $"output file '{path}' can't be written: {why}. Allowed: a regular file in an existing, writable directory outside /proc and "
            + "/dev, or /dev/null.", fault);
}

/// <summary>An attempt's output files, open for appending.</summary>
/// <param name="StandardError">Null: the same file as standard output.</param>
internal sealed record OpenOutput(SafeFileHandle StandardOutput, SafeFileHandle? StandardError) : IDisposable
{
    public void Dispose()
    {
        StandardOutput.Dispose();
        StandardError?.Dispose();
    }
}
