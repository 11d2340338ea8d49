namespace GpuScheduler.Simulation.Output;

/// <summary>A sentence on lines of 80 columns.</summary>
internal static class Paragraph
{
    private const int Width = 80;
    private const string Further = "    ";

    /// <param name="indent">Of the first line; further ones stand four columns to the right of it.</param>
    public static IEnumerable<string> Lines(string text, string indent)
    {
        var (line, isEmpty) = (indent, true);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                (line, isEmpty) = (indent + Further, true);
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        if (!isEmpty)
            yield return line;
    }
}
