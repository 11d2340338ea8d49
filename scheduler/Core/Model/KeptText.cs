using System.Security.Cryptography;
using System.Text;

namespace GpuScheduler.Core.Model;

/// <summary>
/// Stands for a long text that only the store has: a pool keeps hundreds of thousands of jobs in memory, and a script may have
/// 4 MiB. Equal texts have equal hashes, so a script that is submitted a thousand times is stored once.
/// </summary>
/// <param name="Hash">SHA-256 of its UTF-8 bytes, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length in UTF-8.</param>
public sealed record KeptText(string Hash, int Bytes)
{
    /// <summary>Shorter texts take less room in a job than their hash and a row of their own would.</summary>
    public const int LeastBytes = 512;

    /// <summary>What stands for a text; null for one that is too short to be kept apart.</summary>
    public static KeptText? Of(string text)
    {
        if (text.Length < LeastBytes) return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        return new KeptText(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }
}
