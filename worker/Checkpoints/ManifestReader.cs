using System.Text;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>
/// Reads a job's manifest.jsonl from where it stopped the last time. A last line without its end is left for the next time:
/// the job is still writing it. Lines that can't be read are skipped with a warning; they take nothing else with them.
/// </summary>
internal sealed partial class ManifestReader(string directory, ILogger logger, long position = 0)
{
    private readonly ILogger _logger = logger;

    public const string FileName = "manifest.jsonl";

    /// <summary>Lines are short; a job that writes a gigabyte without a line end must not fill the agent's memory.</summary>
    private const int LongestBlock = 1 << 20;

    private readonly string _path = Path.Combine(directory, FileName);

    /// <summary>Where the next read begins: behind the last whole line.</summary>
    public long Position { get; private set; } = position;

    /// <exception cref="IOException">The manifest is there and can't be read.</exception>
    public IReadOnlyList<CheckpointEntry> ReadNew()
    {
        if (!File.Exists(_path))
            return [];
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        if (file.Length < Position)
            Position = 0;
        var entries = new List<CheckpointEntry>();
        while (file.Length > Position && ReadBlock(file, entries))
        {
        }

        return entries;
    }

    /// <returns>False when no whole line is left.</returns>
    private bool ReadBlock(FileStream file, List<CheckpointEntry> entries)
    {
        file.Position = Position;
        var block = new byte[Math.Min(LongestBlock, file.Length - Position)];
        var read = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        var whole = block.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
        if (whole == 0 && read == LongestBlock)
        {
            LogLineRejected(_path, $"no line end within {LongestBlock} bytes");
            whole = read;
        }

        Position += whole;
        foreach (var line in Encoding.UTF8.GetString(block, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Add(line, entries);
        return whole > 0;
    }

    private void Add(string line, List<CheckpointEntry> entries)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        if (ManifestLine.Parse(line, directory, out var problem) is { } entry)
            entries.Add(entry);
        else
            LogLineRejected(_path, problem!);
    }
}
