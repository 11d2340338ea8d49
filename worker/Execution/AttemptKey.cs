namespace GpuScheduler.Worker.Execution;

/// <summary>One try to run a job. The number is the fencing token: a larger one has replaced the smaller.</summary>
internal readonly record struct AttemptKey(string JobId, int Attempt)
{
    /// <summary>Job ids become folder names here, so nothing else than these may come in ("12", "12_3").</summary>
    public bool IsWellFormed =>
        Attempt > 0 && JobId.Length is > 0 and <= 64 && JobId.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');

    public override string ToString() => $"{JobId}/{Attempt}";
}
