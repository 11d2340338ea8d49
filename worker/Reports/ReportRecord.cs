using System.Buffers.Binary;
using System.Security.Cryptography;
using Google.Protobuf;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Reports;

/// <summary>One report in a segment file: length (4 bytes), check (4 bytes), the message. Little endian.</summary>
internal static class ReportRecord
{
    private const int HeaderLength = 8;
    private const int LongestMessage = 1 << 20;

    public static void Write(Stream target, Report report)
    {
        var message = report.ToByteArray();
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32LittleEndian(header, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Check(message));
        target.Write(header);
        target.Write(message);
    }

    /// <summary>Takes one record from the front of the bytes.</summary>
    /// <returns>Null when what follows is torn: the agent or the machine died while writing it.</returns>
    public static Report? Read(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < HeaderLength)
            return null;
        var size = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (size is < 0 or > LongestMessage || bytes.Length - HeaderLength < size)
            return null;
        var message = bytes.Slice(HeaderLength, size);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Check(message))
            return null;
        length = HeaderLength + size;
        return Report.Parser.ParseFrom(message);
    }

    private static uint Check(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash);
    }
}
