using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>Prepares a job's checkpoint directory for a new attempt, and finds the newest checkpoint that is whole.</summary>
internal sealed partial class CheckpointFinder(
    DataDirectory data, JobFileThreads files, TimeProvider time, ILogger<CheckpointFinder> logger)
{
    /// <summary>For the hashes of one launch: what a fast disk reads in it is larger than most checkpoints.</summary>
    private static readonly TimeSpan Hashing = TimeSpan.FromMinutes(10);

    /// <summary>For all of it: a directory that doesn't answer for longer is on a file system that hangs.</summary>
    private static readonly TimeSpan Patience = Hashing + TimeSpan.FromMinutes(2);

    /// <summary>Told one by one; of what is behind them only the number.</summary>
    private const int ToldInvalid = 5;

    private readonly ILogger<CheckpointFinder> _logger = logger;

    public static string DirectoryOf(DataDirectory data, Dispatch dispatch) =>
        dispatch.Spec.Checkpoint.Directory is { Length: > 0 } named ? named : Path.Combine(data.Checkpoints, dispatch.JobId);

    /// <returns>Null for a job without a checkpoint contract.</returns>
    /// <exception cref="JobFaultException">The directory that the job names can't be used.</exception>
    /// <exception cref="IOException">The directory's file system doesn't answer.</exception>
    public async Task<CheckpointStart?> PrepareAsync(Dispatch dispatch, CancellationToken cancellationToken)
    {
        if (dispatch.Spec.Checkpoint is not { Enabled: true } contract)
            return null;
        var directory = DirectoryOf(data, dispatch);
        try
        {
            return await files.RunAsync(() => Prepare(dispatch, directory, contract.Directory.Length > 0, cancellationToken))
                .WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new IOException($"checkpoint directory '{directory}' has not answered for {Patience.TotalMinutes} minutes");
        }
    }

    private CheckpointStart Prepare(Dispatch dispatch, string directory, bool namedByJob, CancellationToken cancellationToken)
    {
        Create(directory, namedByJob);
        Try(directory, () => CheckpointRequest.Withdraw(directory));
        var manifest = new ManifestReader(directory, _logger);
        IReadOnlyList<CheckpointEntry> known = [];
        Try(directory, () => known = manifest.ReadNew());
        var candidates = known.Concat(Dispatched(dispatch, directory)).Reverse().OrderByDescending(entry => entry.Step);
        var newest = FirstValid(candidates.DistinctBy(entry => (entry.Step, entry.FullPath)), directory, cancellationToken);
        Tell(dispatch, newest);
        return new(directory, newest, manifest);
    }

    private void Create(string directory, bool namedByJob)
    {
        if (namedByJob && PathWalk.Follow(directory).SystemPlace is { } place)
            throw Fault(directory, $"it leads to {place}, which is the worker's own or a device", LaunchFault.Job);
        if (namedByJob && Files.Exists(directory) && !Files.IsFolder(directory))
            throw Fault(directory, "it is not a directory", LaunchFault.Missing);
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception error) when (
            namedByJob && error is IOException or UnauthorizedAccessException && !NodeErrors.Is(error, directory, data.Root))
        {
            throw Fault(directory, $"it can't be created: {error.Message}", LaunchFault.Missing);
        }
    }

    private static JobFaultException Fault(string directory, string why, LaunchFault fault) => new(
        $"checkpoint directory '{directory}' can't be used: {why.TrimEnd('.')}. Allowed: an absolute path, outside /proc and /dev, to a "
            + "directory, or to a place where the worker's user can make one.", fault);

    /// <summary>A job's own files are no reason not to start it.</summary>
    private void Try(string directory, Action step)
    {
        try
        {
            step();
        }
        catch (Exception error)
        {
            LogUnreadable(error, directory);
        }
    }

    /// <summary>What the scheduler has heard of, in case the files are here and the manifest that named them is not.</summary>
    private static IEnumerable<CheckpointEntry> Dispatched(Dispatch dispatch, string directory) => dispatch.Checkpoints
        .Where(known => CheckpointEntry.IsPath(known.Path))
        .Select(known => CheckpointEntry.In(directory, known.Step, known.Path, known.Bytes > 0 ? known.Bytes : null, known.Sha256))
        .OfType<CheckpointEntry>();

    private CheckpointEntry? FirstValid(IEnumerable<CheckpointEntry> candidates, string directory, CancellationToken cancellationToken)
    {
        var proof = new CheckpointProof(directory, time, Hashing);
        var invalid = 0;
        CheckpointEntry? valid = null;
        foreach (var candidate in candidates)
        {
            if (proof.FindProblem(candidate, cancellationToken) is not { } problem)
            {
                valid = candidate;
                break;
            }

            if (invalid++ < ToldInvalid)
                LogNotValid(candidate.FullPath, candidate.Step, problem);
        }

        if (invalid > ToldInvalid)
            LogMoreNotValid(invalid - ToldInvalid, directory);
        return valid;
    }

    private void Tell(Dispatch dispatch, CheckpointEntry? newest)
    {
        var told = dispatch.Checkpoints.Count == 0 ? -1 : dispatch.Checkpoints.Max(known => known.Step);
        if (told > (newest?.Step ?? -1))
            LogNewestNotHere(dispatch.JobId, dispatch.Attempt, told, newest?.Step.ToString() ?? "the beginning");
        else if (newest is not null)
            LogResuming(dispatch.JobId, dispatch.Attempt, newest.Step);
    }
}
