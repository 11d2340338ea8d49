using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;

namespace GpuScheduler.Worker.Logs;

/// <summary>The file that answers a question for a log.</summary>
/// <param name="Remark">What who reads it should know; empty for nothing.</param>
internal sealed record LogFile(string Path, string Remark)
{
    /// <summary>It can't be read, and there is nothing to be read.</summary>
    public bool IsThrownAway => Path == "/dev/null";
}

/// <summary>Knows which file holds an attempt's output, also long after it has ended.</summary>
internal sealed class LogFiles(DataDirectory data, string node, IAttempts attempts)
{
    private const string Joined = "standard error is in the same file as standard output, in the order they came; this is that file";

    /// <returns>Null when this node has no such attempt (any more).</returns>
    public LogFile? Find(ReadLog request)
    {
        var key = KeyOf(request);
        if (!key.IsWellFormed || data.Attempt(key) is not { } folder || folder.ReadDispatch() is not { } dispatch)
            return null;
        var directory = dispatch.Spec.WorkingDirectory.Length > 0 ? dispatch.Spec.WorkingDirectory : folder.Work;
        var output = OutputFiles.For(folder, dispatch, directory, node).AsOpened(folder);
        if (!request.StandardError)
            return new(output.StandardOutput, "");
        if (output.StandardError is { } error)
            return new(error, "");
        // Versions before 0.2 kept two files where the job named none.
        return output.StandardOutput == folder.StandardOutput && File.Exists(folder.StandardError)
            ? new(folder.StandardError, "")
            : new(output.StandardOutput, Joined);
    }

    public bool MayStillGrow(ReadLog request) => attempts.Running.Contains(KeyOf(request));

    public string Missing(ReadLog request) => $"node {node} keeps no output of job {request.JobId}, attempt {request.Attempt}";

    private static AttemptKey KeyOf(ReadLog request) => new(request.JobId, request.Attempt);
}
