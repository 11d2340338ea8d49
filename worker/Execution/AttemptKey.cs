using System.Globalization;

namespace GpuScheduler.Worker.Execution;

/// <summary>One try to run a job. The number is the fencing token: a larger one has replaced the smaller.</summary>
internal readonly record struct AttemptKey(string JobId, int Attempt)
{
    /// <summary>Job ids become folder names here, so nothing else than these may come in ("12", "12_3").</summary>
    public bool IsWellFormed =>
        Attempt > 0 && JobId.Length is > 0 and <= 64 && JobId.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');

    /// <summary>One folder, not one inside the job's: making a folder is the dearest thing about a short attempt.</summary>
    public string FolderName => $"{JobId}.{Attempt}";

    /// <returns>Null for a name that <see cref="FolderName"/> can't have given.</returns>
    public static AttemptKey? Parse(string folderName)
    {
        var dot = folderName.LastIndexOf('.');
        if (dot < 1 || !int.TryParse(folderName.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
            return null;
        var key = new AttemptKey(folderName[..dot], attempt);
        return key.IsWellFormed ? key : null;
    }

    public override string ToString() => $"{JobId}/{Attempt}";
}
