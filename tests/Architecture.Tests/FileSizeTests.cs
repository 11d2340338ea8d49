namespace GpuScheduler.Architecture.Tests;

/// <summary>Files stay short enough to be read in one go. A file that outgrows its bound holds more than one concept.</summary>
public sealed class FileSizeTests
{
    private const int Median = 60;
    private const int NinetiethPercentile = 150;
    private const int Cap = 250;
    private const int Width = 140;
    private const string RawQuote = "\"\"\"";

    private static readonly List<(string Path, int Lines)> s_sizes =
        [.. Repository.ProductSources.Select(path => (path, Repository.Read(path).Count(c => c == '\n'))).OrderBy(size => size.Item2)];

    [Fact]
    public void Half_of_the_product_files_are_short() => Assert.InRange(At(0.5), 1, Median);

    [Fact]
    public void Nine_files_in_ten_fit_two_screens() => Assert.InRange(At(0.9), 1, NinetiethPercentile);

    [Fact]
    public void No_product_file_is_long()
    {
        var tooLong = s_sizes.Where(size => size.Lines > Cap).Select(size => $"{size.Path} ({size.Lines})");

        Assert.True(!tooLong.Any(), $"more than {Cap} lines: {string.Join(", ", tooLong)}");
    }

    /// <summary>As .editorconfig says, which no formatter checks. Only texts that can't be broken may go beyond.</summary>
    [Fact]
    public void Lines_fit_a_window()
    {
        var tooLong = Repository.Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(path => TooLong(path).Select(line => $"{path}({line})"));

        Assert.Empty(tooLong);
    }

    private static IEnumerable<int> TooLong(string path)
    {
        var (line, isRaw) = (0, false);
        foreach (var text in Repository.Read(path).Split('\n'))
        {
            line++;
            var quotes = text.Split(RawQuote).Length - 1;
            if (text.Length > Width && !isRaw && quotes == 0 && !text.Contains("$\"", StringComparison.Ordinal))
                yield return line;
            isRaw ^= quotes % 2 == 1;
        }
    }

    private static int At(double share) => s_sizes[(int)(share * (s_sizes.Count - 1))].Lines;
}
