using System.Buffers.Binary;

namespace GpuScheduler.Storage.Sqlite.Opening;

/// <summary>
/// Looks through a write-ahead log before SQLite does: SQLite takes a broken frame for the log's end and silently forgets the
/// commits behind it. A commit that a power cut tore is no damage, for it was never acknowledged: its frames are the last ones.
/// Whole commits behind a broken frame were acknowledged, and are damage.
/// </summary>
/// <remarks>The format is described in https://sqlite.org/fileformat2.html#the_write_ahead_log.</remarks>
internal sealed class LogScan
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const uint LittleEndianMagic = 0x377f0682;
    private const uint BigEndianMagic = 0x377f0683;

    private readonly Stream _log;
    private readonly byte[] _header = new byte[HeaderBytes];
    private byte[] _frame = [];
    private bool _bigEndian;
    private (uint First, uint Second) _sum;

    private LogScan(Stream log) => _log = log;

    /// <summary>What is broken, in words; null: nothing, or no more than a last commit.</summary>
    public static string? FindDamage(string path)
    {
        if (!File.Exists(path)) return null;
        using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
        // Without a frame there is nothing to lose.
        return log.Length <= HeaderBytes ? null : new LogScan(log).FindDamage();
    }

    private string? FindDamage()
    {
        _log.ReadExactly(_header);
        if (!ReadHeader()) return "its header is broken, so that none of its commits can be read";
        var broken = 0L;
        for (var frame = 1L; ReadFrame(); frame++)
        {
            if (IsWhole()) continue;
            broken = frame;
            break;
        }

        return broken > 0 && CommitsFromHere() is > 1 and var lost
            ? $"frame {broken} is broken and frames of at least {lost - 1} later commits follow it"
            : null;
    }

    private bool ReadHeader()
    {
        var magic = Word(_header, 0);
        _bigEndian = magic == BigEndianMagic;
        _frame = new byte[FrameHeaderBytes + PageBytes(Word(_header, 8))];
        if (magic is not (LittleEndianMagic or BigEndianMagic) || _frame.Length == FrameHeaderBytes) return false;
        Add(_header.AsSpan(0, 24));
        return _sum == (Word(_header, 24), Word(_header, 28));
    }

    /// <summary>Zero for a size that no database has.</summary>
    private static int PageBytes(uint size) => size is >= 512 and <= 65_536 && (size & (size - 1)) == 0 ? (int)size : 0;

    private bool ReadFrame() => _log.ReadAtLeast(_frame, _frame.Length, throwOnEndOfStream: false) == _frame.Length;

    private bool IsWhole()
    {
        if (!IsOfThisLog()) return false;
        Add(_frame.AsSpan(0, 8));
        Add(_frame.AsSpan(FrameHeaderBytes));
        return _sum == (Word(_frame, 16), Word(_frame, 20));
    }

    /// <summary>Commits whose end is at or behind the frame just read. The first may be the torn one.</summary>
    private int CommitsFromHere()
    {
        var commits = 0;
        do
        {
            if (IsOfThisLog() && Word(_frame, 4) != 0) commits++;
        }
        while (ReadFrame());
        return commits;
    }

    /// <summary>Frames that an earlier round left have other salts: they are old, not broken.</summary>
    private bool IsOfThisLog() => _frame.AsSpan(8, 8).SequenceEqual(_header.AsSpan(16, 8));

    private void Add(ReadOnlySpan<byte> bytes)
    {
        var (first, second) = _sum;
        for (var at = 0; at < bytes.Length; at += 8)
        {
            first += Summand(bytes[at..]) + second;
            second += Summand(bytes[(at + 4)..]) + first;
        }

        _sum = (first, second);
    }

    private uint Summand(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static uint Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
