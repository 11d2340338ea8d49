namespace GpuScheduler.Architecture.Tests;

/// <summary>Files stay short enough to be read in one go. A file that outgrows its bound holds more than one concept.</summary>
public sealed class FileSizeTests
{
    private const int Median = 60;
    private const int NinetiethPercentile = 150;
    private const int Cap = 250;

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

    private static int At(double share) => s_sizes[(int)(share * (s_sizes.Count - 1))].Lines;
}
