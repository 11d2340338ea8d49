using System.Globalization;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Gavel;

/// <summary>Rows that count: <c>4000-5000</c> is the 4001st to the 5000th.</summary>
internal static class WindowText
{
    public static (int First, int Last) Read(string text)
    {
        var parts = text.Split('-');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first < last
                ? (first, last)
                : throw new InputException(
                    $"--window is '{text}'; allowed: two row numbers, the first of the window and one after its last, such as 4000-5000");
    }
}
