using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Reports;

/// <summary>One append-only file of the outbox, named after the first sequence number that it may hold.</summary>
internal sealed class OutboxSegment : IDisposable
{
    private const string Extension = ".reports";

    private readonly FileStream _file;
    private readonly string _path;

    private OutboxSegment(string path, FileStream file, long lastSequence)
    {
        _path = path;
        _file = file;
        LastSequence = lastSequence;
    }

    public long LastSequence { get; private set; }

    public long Length => _file.Length;

    /// <summary>False when it was removed: what is written to it then is lost with this process.</summary>
    public bool IsThere => File.Exists(_path);

    public static OutboxSegment Create(string directory, long firstSequence)
    {
        var path = Path.Combine(directory, firstSequence.ToString("D20", CultureInfo.InvariantCulture) + Extension);
        return new(path, new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 0), firstSequence - 1);
    }

    /// <summary>Segments in the order in which they were written.</summary>
    public static IEnumerable<string> In(string directory) =>
        Directory.EnumerateFiles(directory, "*" + Extension).Order(StringComparer.Ordinal);

    /// <summary>Reads a segment back; what follows the last whole record is cut off.</summary>
    public static OutboxSegment Open(string path, List<Report> reports)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 0);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var last = long.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture) - 1;
        var position = 0;
        while (ReportRecord.Read(content.AsSpan(position), out var length) is { } report)
        {
            reports.Add(report);
            last = report.Sequence;
            position += length;
        }

        file.SetLength(position);
        file.Position = position;
        return new(path, file, last);
    }

    /// <summary>Writes a batch and waits until the disk has it. After a failure the file is as it was before.</summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public void Append(IReadOnlyList<Report> reports)
    {
        using var batch = new MemoryStream();
        foreach (var report in reports)
            ReportRecord.Write(batch, report);
        var before = _file.Position;
        try
        {
            _file.Write(batch.GetBuffer().AsSpan(0, (int)batch.Length));
            _file.Flush(flushToDisk: true);
            LastSequence = reports[^1].Sequence;
        }
        catch (IOException)
        {
            _file.SetLength(before);
            _file.Position = before;
            throw;
        }
    }

    public void Delete()
    {
        Dispose();
        File.Delete(_path);
    }

    public void Dispose() => _file.Dispose();
}
