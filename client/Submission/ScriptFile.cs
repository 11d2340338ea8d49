using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Processes;
using GpuScheduler.Common;
using GpuScheduler.Protos;

namespace GpuScheduler.Client.Submission;

/// <summary>A batch script, read whole and checked: what is wrong with it is said before anything is sent.</summary>
internal sealed record ScriptFile(string Name, string Text)
{
    /// <summary>The contract's limit, in bytes.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    public static ScriptFile Read(string path, string fullPath)
    {
        if (Directory.Exists(fullPath))
            throw CommandException.Usage($"script: '{path}': is a directory; name a script file, or a command after '--'");

        if (!RawFile.Exists(fullPath))
            throw CommandException.Usage($"script: '{path}': no such file; to run a command write: gpusched submit -- {path}");

        if (NamedFile.Waits(fullPath) && !IsOpenHere(fullPath))
            throw CommandException.Usage(
                $"script: '{path}': is a FIFO or a device, not a script file; a regular file, standard input, or <(COMMAND)");

        using var stream = OpenOrExplain(path, fullPath);
        return Check(path, RawText.Readable(Path.GetFileName(fullPath)), ReadAtMost(stream, path));
    }

    public static ScriptFile FromStream(Stream stream) => Check("standard input", "stdin", ReadAtMost(stream, "standard input"));

    /// <summary>What the caller has opened already, as a shell does for &lt;(COMMAND): opening it once more waits for nothing.</summary>
    private static bool IsOpenHere(string fullPath) =>
        fullPath == "/dev/stdin" || new[] { "/dev/fd/", "/proc/self/fd/" }.Any(
            folder => fullPath.StartsWith(folder, StringComparison.Ordinal));

    private static FileStream OpenOrExplain(string path, string fullPath)
    {
        try
        {
            return RawFile.OpenRead(fullPath);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw CommandException.Usage($"script: '{path}': can't be read: {failure.Message}");
        }
    }

    private static byte[] ReadAtMost(Stream stream, string path)
    {
        if (stream.CanSeek && stream.Length > MaximumBytes)
            throw TooLarge(path, $"{Math.Max(stream.Length / (1024.0 * 1024.0), 4.01):0.##} MiB");

        using var bytes = new MemoryStream();
        var buffer = new byte[65_536];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaximumBytes)
                throw TooLarge(path, "more than 4 MiB");
        }

        return bytes.ToArray();
    }

    private static CommandException TooLarge(string path, string size) =>
        CommandException.Usage($"script: '{path}': {size}: at most 4 MiB; put data into files that the script reads");

    private static ScriptFile Check(string path, string name, byte[] bytes)
    {
        if (bytes.Length == 0)
            throw CommandException.Usage($"script: '{path}': is empty; a script starts with a line such as #!/bin/bash");

        if (bytes.AsSpan().StartsWith("\uFEFF"u8))
            bytes = bytes[3..];

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw CommandException.Usage($"script: '{path}': is UTF-16 text; save it as UTF-8, as interpreters read it");

        var text = RawText.FromBytes(bytes);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw CommandException.Usage($"script: '{path}': is not text; to run a program write: gpusched submit -- {path}");

        if (!text.StartsWith("#!", StringComparison.Ordinal))
            throw CommandException.Usage(
                $"script: '{path}': has no #! line first, such as #!/bin/bash; to run it by a program write: gpusched submit -- PROGRAM "
                    + $"{path}");

        // sbatch refuses them as well: the interpreter would take the end for a part of the last word.
        if (text.IndexOf("\r\n", StringComparison.Ordinal) is var end && end >= 0)
            throw CommandException.Usage(
                $"script: '{path}': has Windows line ends (line {text.AsSpan(0, end).Count('\n') + 1}); convert it with dos2unix");

        return new(name, text);
    }
}
