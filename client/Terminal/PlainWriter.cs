using System.Text;
using GpuScheduler.Common.Text;

namespace GpuScheduler.Client.Terminal;

/// <summary>The last filter before the terminal: lets through text, line ends, and the few commands that we give ourselves. What is
/// one value in a line is filtered before, where it is put into the line.</summary>
internal sealed class PlainWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    /// <summary>Colours (see Colors), and the beginning of a cleared line.</summary>
    private static readonly string[] Ours = ["\e[31m", "\e[32m", "\e[33m", "\e[0m", ClearLine];

    public const string ClearLine = "\r\e[K";

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(Clean(value.ToString()));

    public override void Write(string? value) => inner.Write(Clean(value ?? ""));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(Clean(value ?? ""));

    public override void Flush() => inner.Flush();

    private static string Clean(string text)
    {
        if (!text.Contains('\e', StringComparison.Ordinal))
            return PlainText.Lines(text);

        var clean = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var ours = Ours.FirstOrDefault(command => string.CompareOrdinal(text, start, command, 0, command.Length) == 0);
            clean.Append(ours ?? PlainText.Lines(text[start].ToString()));
            start += ours?.Length ?? 1;
        }

        return clean.ToString();
    }
}
