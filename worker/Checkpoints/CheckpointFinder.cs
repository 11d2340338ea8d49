using System.Security.Cryptography;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>Prepares a job's checkpoint directory for a new attempt, and finds the newest checkpoint that is whole.</summary>
internal sealed partial class CheckpointFinder(DataDirectory data, ILogger<CheckpointFinder> logger)
{
    private readonly ILogger<CheckpointFinder> _logger = logger;

    public static string DirectoryOf(DataDirectory data, Dispatch dispatch) =>
        dispatch.Spec.Checkpoint.Directory is { Length: > 0 } named ? named : Path.Combine(data.Checkpoints, dispatch.JobId);

    /// <returns>Null for a job without a checkpoint contract.</returns>
    /// <exception cref="JobFaultException">The directory that the job names can't be used.</exception>
    public async Task<CheckpointStart?> PrepareAsync(Dispatch dispatch, CancellationToken cancellationToken)
    {
        if (dispatch.Spec.Checkpoint is not { Enabled: true } contract)
            return null;
        var directory = DirectoryOf(data, dispatch);
        Create(directory, contract.Directory.Length > 0);
        CheckpointRequest.Withdraw(directory);
        var manifest = new ManifestReader(directory, _logger);
        var known = manifest.ReadNew();
        var candidates = known.Concat(Dispatched(dispatch, directory)).Reverse().OrderByDescending(entry => entry.Step);
        var newest = await FirstValidAsync(candidates.DistinctBy(entry => (entry.Step, entry.FullPath)), cancellationToken);
        Tell(dispatch, newest);
        return new(directory, newest, manifest.Position);
    }

    private static void Create(string directory, bool namedByJob)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception error) when (namedByJob && error is IOException or UnauthorizedAccessException)
        {
            throw new JobFaultException($"checkpoint directory '{directory}' can't be created: {error.Message}");
        }
    }

    /// <summary>What the scheduler has heard of, in case the files are here and the manifest that named them is not.</summary>
    private static IEnumerable<CheckpointEntry> Dispatched(Dispatch dispatch, string directory) =>
        from known in dispatch.Checkpoints
        let full = Path.GetFullPath(Path.Combine(directory, known.Path))
        where full.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        select new CheckpointEntry(
            known.Step, known.Path, full, known.Bytes > 0 ? known.Bytes : null, known.Sha256.Length > 0 ? known.Sha256 : null);

    private async Task<CheckpointEntry?> FirstValidAsync(IEnumerable<CheckpointEntry> candidates, CancellationToken cancellationToken)
    {
        foreach (var candidate in candidates)
        {
            var problem = await FindProblemAsync(candidate, cancellationToken);
            if (problem is null)
                return candidate;
            LogNotValid(candidate.FullPath, candidate.Step, problem);
        }

        return null;
    }

    /// <summary>A directory counts when it exists: what it holds is the framework's business.</summary>
    private static async Task<string?> FindProblemAsync(CheckpointEntry entry, CancellationToken cancellationToken)
    {
        if (Directory.Exists(entry.FullPath))
            return null;
        var file = new FileInfo(entry.FullPath);
        if (!file.Exists)
            return "it isn't there";
        if (entry.Bytes is { } bytes && bytes != file.Length)
            return $"it has {file.Length} bytes instead of {bytes}";
        return entry.Sha256 is { } hash ? await CompareHashAsync(file, hash, cancellationToken) : null;
    }

    private static async Task<string?> CompareHashAsync(FileInfo file, string expected, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = file.OpenRead();
            var actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
            return actual == expected ? null : "its SHA-256 differs from the manifest's";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"it can't be read: {error.Message}";
        }
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
