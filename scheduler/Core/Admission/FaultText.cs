using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Quotes what a user wrote inside of the words that say what is allowed.</summary>
internal static class FaultText
{
    private const int LongestPiece = 40;

    /// <summary>A fault; it cuts what is too long itself.</summary>
    public static Fault Of(string field, string value, string allowed) => new(field, value, allowed);

    /// <summary>A piece of the value, for quoting in what is allowed.</summary>
    public static string Piece(string text) => ShownText.Of(text.Trim(), LongestPiece);
}
