using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;

namespace GpuScheduler.Worker.Logs;

/// <summary>Knows which file holds an attempt's output, also long after it has ended.</summary>
internal sealed class LogFiles(DataDirectory data, string node, IAttempts attempts)
{
    /// <returns>Null when this node has no such file: no such attempt, its folder was removed, or one file holds both streams.</returns>
    public string? Find(ReadLog request)
    {
        var key = KeyOf(request);
        if (!key.IsWellFormed || data.Attempt(key) is not { } folder || folder.ReadDispatch() is not { } dispatch)
            return null;
        var directory = dispatch.Spec.WorkingDirectory.Length > 0 ? dispatch.Spec.WorkingDirectory : folder.Work;
        var files = OutputFiles.For(folder, dispatch, directory, node);
        return request.StandardError ? files.StandardError : files.StandardOutput;
    }

    public bool MayStillGrow(ReadLog request) => attempts.Running.Contains(KeyOf(request));

    public string Missing(ReadLog request) =>
        $"node {node} keeps no {(request.StandardError ? "separate standard error" : "output")} of job {request.JobId}, "
        + $"attempt {request.Attempt}";

    private static AttemptKey KeyOf(ReadLog request) => new(request.JobId, request.Attempt);
}
