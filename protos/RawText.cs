using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace GpuScheduler.Protos;

/// <summary>
/// Any bytes as a string, and back. A byte that is no UTF-8 becomes one mark: a character of a block that Unicode leaves to private use,
/// U+10FE80 … U+10FEFF. Where a text holds such a character itself, that one's four bytes become marks. So nothing is lost either way.
/// </summary>
public static class RawText
{
    private const int FirstMark = 0x10FE80;
    private const int LastMark = 0x10FEFF;
    private const int Base = FirstMark - 0x80;

    /// <summary>Every mark begins with it.</summary>
    private const char FirstHalf = '\uDBFF';
    private const byte FirstByte = 0xF4;

    /// <summary>Marks stand for what isn't UTF-8.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes) && !bytes.Contains(FirstByte)) return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            var isWhole = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            if (isWhole && !IsMark(rune)) text.Append(rune.ToString());
            else foreach (var one in bytes[..length]) text.Append(new Rune(Base + one).ToString());
            bytes = bytes[length..];
        }

        return text.ToString();
    }

    /// <summary>The bytes that a text stands for: of a mark its one, of all else its UTF-8.</summary>
    public static byte[] ToBytes(string text)
    {
        if (!text.Contains(FirstHalf)) return Encoding.UTF8.GetBytes(text);
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsMark(rune)) bytes[length++] = (byte)(rune.Value - Base);
            else length += rune.EncodeToUtf8(bytes.AsSpan(length));
        }

        return bytes[..length];
    }

    /// <summary>True when it stands for bytes that are no UTF-8.</summary>
    public static bool HasMarks(string text) => text.Contains(FirstHalf) && text.EnumerateRunes().Any(IsMark);

    /// <summary>For people, and for strings of the wire: U+FFFD for each mark.</summary>
    public static string Readable(string text) =>
        HasMarks(text) ? string.Concat(text.EnumerateRunes().Select(rune => IsMark(rune) ? Rune.ReplacementChar : rune)) : text;

    private static bool IsMark(Rune rune) => rune.Value is >= FirstMark and <= LastMark;
}
