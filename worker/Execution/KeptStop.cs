using System.Globalization;
using System.Text;
using Google.Protobuf;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>A stop that goes on across agents: the file "stop" is one line, the time of the kill, and the order behind it.</summary>
/// <param name="KillAt">By the machine's uptime, so that a restarted agent or a changed clock gives no grace anew.</param>
internal sealed record KeptStop(StopAttempt Order, TimeSpan KillAt)
{
    /// <summary>In seconds, far beyond any machine's; a job could have written anything.</summary>
    private const double LongestUptime = 1e11;

    public byte[] ToBytes() =>
        [.. Encoding.ASCII.GetBytes($"{KillAt.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture)}\n"), .. Order.ToByteArray()];

    /// <returns>Null for bytes that no whole record can have given.</returns>
    public static KeptStop? Parse(byte[] bytes)
    {
        var end = Array.IndexOf(bytes, (byte)'\n');
        if (end < 0 || !double.TryParse(bytes.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            || !(Math.Abs(seconds) < LongestUptime))
            return null;
        try
        {
            return new(StopAttempt.Parser.ParseFrom(bytes, end + 1, bytes.Length - end - 1), TimeSpan.FromSeconds(seconds));
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
