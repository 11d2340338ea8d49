using System.Globalization;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Gavel;

/// <summary>Kinds of cards and how many there are of each: <c>v100=36,p100=36</c>.</summary>
internal static class ClusterText
{
    private const int Most = 100_000;

    public static IReadOnlyList<(string Name, int Cards)> Read(string text)
    {
        List<(string Name, int Cards)> kinds =
        [
            .. text.Split(',').Select(part => Kind(text, part.Split('=', StringSplitOptions.TrimEntries))),
        ];
        return kinds.DistinctBy(kind => kind.Name).Count() == kinds.Count ? kinds : throw Fault(text);
    }

    private static (string, int) Kind(string text, string[] parts) =>
        parts is [{ Length: > 0 } name, var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var cards)
            && cards is > 0 and <= Most
            ? (name, cards)
            : throw Fault(text);

    private static InputException Fault(string text) =>
        new(
            $"--cluster is '{text}'; allowed: columns of the throughput file, each once, with a count from 1 to {Most}, such as "
                + "v100=36,k80=12");
}
