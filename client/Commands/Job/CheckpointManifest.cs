using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Processes;
using GpuScheduler.Common;

namespace GpuScheduler.Client.Commands;

/// <summary>manifest.jsonl of a checkpoint directory: one line for each finished checkpoint.</summary>
internal sealed class CheckpointManifest(string directory)
{
    private const string FileName = "manifest.jsonl";

    /// <summary>The line for a file, with its size as it is now.</summary>
    public async Task<string> DescribeAsync(long step, string file, bool withHash, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw CommandException.Usage($"checkpoint: '{file}': no such file");

        var relative = Path.GetRelativePath(RealPath(directory), RealPath(file));
        if (relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative))
            throw CommandException.Usage($"checkpoint: '{file}': lies outside GPUSCHED_CHECKPOINT_DIR ({directory})");

        if (NamedFile.Waits(file))
            throw CommandException.Usage($"checkpoint: '{file}': is a FIFO or a device; a regular file");

        await using var stream = File.OpenRead(file);
        var hash = withHash ? Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) : null;
        var path = JsonEncodedText.Encode(relative, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return $"{{\"step\":{step},\"path\":\"{path}\",\"bytes\":{stream.Length}{(hash is null ? "" : $",\"sha256\":\"{hash}\"")}}}";
    }

    /// <summary>One write to a file opened for appending, so that lines of two writers never mix; on disk before this returns.</summary>
    public void Append(byte[] line) => Posix.AppendDurably(Path.Combine(directory, FileName), line);

    /// <summary>With links resolved, so that a link can't lead a checkpoint outside.</summary>
    private static string RealPath(string path)
    {
        var parent = Path.GetDirectoryName(path);
        var here = parent is null ? path : Path.Combine(RealPath(parent), Path.GetFileName(path));
        FileSystemInfo entry = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? here;
    }
}
