using System.Text;
using System.Text.Json;
using GpuScheduler.Worker.JobFiles;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

/// <summary>
/// Reads a job's manifest.jsonl from where it stopped the last time. A last line without its end is left for the next time:
/// the job is still writing it. Lines that can't be read are skipped; they take nothing else with them, and each kind of them is
/// told once and counted. One look reads little, whatever the job has written: the newest lines count most.
/// </summary>
internal sealed partial class ManifestReader(string directory, ILogger logger)
{
    public const string FileName = "manifest.jsonl";

    /// <summary>Of what was added since the last look, the last part; far more than jobs write in an hour.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>Of that, the last lines. Lines that can't be read take far longer than others.</summary>
    private const int MostLines = 1000;

    private const int LongestExcerpt = 80;

    private readonly ILogger _logger = logger;
    private readonly string _path = Path.Combine(directory, FileName);
    private readonly Dictionary<string, long> _rejected = new(StringComparer.Ordinal);
    private ulong? _inode;
    private bool _isInsideLine;

    /// <summary>Where the next read begins: behind the last whole line.</summary>
    public long Position { get; private set; }

    /// <returns>What was added, oldest first.</returns>
    /// <exception cref="IOException">The manifest is there and is no regular file or can't be read.</exception>
    public IReadOnlyList<CheckpointEntry> ReadNew()
    {
        using var file = JobFile.TryOpen(_path);
        if (file is null)
            return [];
        var facts = FileFacts.Of(file);
        // Another file under the same name, or one that was written anew.
        if (facts.Inode != (_inode ?? facts.Inode) || facts.Length < Position)
            (Position, _isInsideLine) = (0, false);
        _inode = facts.Inode;
        if (facts.Length - Position > MostBytes)
            (Position, _isInsideLine) = (facts.Length - MostBytes, true);
        var block = new byte[facts.Length - Position];
        return Take(block.AsMemory(0, Math.Max(0, RandomAccess.Read(file, block, Position))));
    }

    /// <summary>At the attempt's end: how many lines were no checkpoints, where more than the one told were not.</summary>
    public void TellCounts()
    {
        if (_rejected.Values.Sum() > _rejected.Count)
            LogCounts(_path, string.Join("; ", _rejected.Select(kind => $"{kind.Value} times: {kind.Key}")));
    }

    private List<CheckpointEntry> Take(ReadOnlyMemory<byte> block)
    {
        var whole = block.Span.LastIndexOf((byte)'\n') + 1;
        if (whole == 0 && block.Length == MostBytes)
        {
            Reject(block.Span, $"it has no end within {MostBytes} bytes");
            (Position, _isInsideLine) = (Position + block.Length, true);
            return [];
        }

        if (whole == 0)
            return [];
        var begin = _isInsideLine ? block.Span.IndexOf((byte)'\n') + 1 : 0;
        (Position, _isInsideLine) = (Position + whole, false);
        return [.. Lines(block[begin..whole]).Select(Entry).OfType<CheckpointEntry>()];
    }

    /// <returns>The last ones, oldest first.</returns>
    private List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> text)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (text.Length > 0 && lines.Count < MostLines)
        {
            var begin = text.Span[..^1].LastIndexOf((byte)'\n') + 1;
            lines.Add(text[begin..^1]);
            text = text[..begin];
        }

        lines.Reverse();
        return lines;
    }

    private CheckpointEntry? Entry(ReadOnlyMemory<byte> line)
    {
        if (line.Span.Trim(" \t\r"u8).IsEmpty)
            return null;
        var entry = ManifestLine.Parse(line, directory, out var problem);
        if (entry is null)
            Reject(line.Span, problem!);
        return entry;
    }

    private void Reject(ReadOnlySpan<byte> line, string problem)
    {
        _rejected[problem] = _rejected.GetValueOrDefault(problem) + 1;
        if (_rejected[problem] > 1)
            return;
        // Encoded, so that nothing in it reaches the terminal of who reads the log.
        var excerpt = Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestExcerpt)]);
        LogLineRejected(_path, problem, JsonEncodedText.Encode(excerpt).ToString());
    }
}
