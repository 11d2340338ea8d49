using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.WhatIf;

/// <summary>One figure of two replays.</summary>
/// <param name="Show">Puts a value, or the difference of two, into words.</param>
internal sealed record Figure(string Name, double Before, double After, Func<double, string> Show)
{
    /// <summary>Percent where that says more than a difference; nothing where nothing changed.</summary>
    public string Change => double.IsNaN(Before) || double.IsNaN(After) || Show(After) == Show(Before) ? "" : ChangeText();

    private string ChangeText()
    {
        var difference = (After > Before ? "+" : "") + Show(After - Before);
        return Before > 0 && !Name.EndsWith('%')
            ? string.Create(CultureInfo.InvariantCulture, $"{difference} ({100 * (After - Before) / Before:+0;-0;0}%)")
            : difference;
    }
}

/// <summary>Two replays side by side, figure by figure.</summary>
internal static class Comparison
{
    public static IEnumerable<Figure> Of(PoolResult before, PoolResult after, double kwhUsd)
    {
        Figure Make(string name, Func<PoolResult, double> value, Func<double, string> show) => new(name, value(before), value(after), show);

        yield return Make("jobs that end", result => result.Submitted - result.Unfinished, Count);
        yield return Make("jobs that never end", result => result.Unfinished, Count);
        yield return Make("JCT, mean", result => Distribution.Of(result.Jobs.Select(job => job.Jct)).Mean, TimeText.Of);
        yield return Make("JCT, median", result => Distribution.Of(result.Jobs.Select(job => job.Jct)).Median, TimeText.Of);
        yield return Make("JCT, 99th percentile", result => Distribution.Of(result.Jobs.Select(job => job.Jct)).P99, TimeText.Of);
        yield return Make("wait, mean", result => Distribution.Of(result.Jobs.Select(job => job.Wait)).Mean, TimeText.Of);
        yield return Make("wait, 99th percentile", result => Distribution.Of(result.Jobs.Select(job => job.Wait)).P99, TimeText.Of);
        foreach (var name in before.Groups.Concat(after.Groups).Select(group => group.Name).Distinct().Order(StringComparer.Ordinal))
            yield return Make(
                $"{name}, mean JCT", result =>
                    result.Groups.FirstOrDefault(group => group.Name == name)?.MeanOfEnded ?? double.NaN, Ending);

        yield return Make("until all have ended", result => result.Makespan, TimeText.Of);
        foreach (var grade in
            Enum.GetValues<DeviceClass>().Where(grade => before.Classes.ContainsKey(grade) || after.Classes.ContainsKey(grade)))
            yield return Make($"{grade.ToString().ToLowerInvariant()} in use, %", result => result.InUsePercent(grade), Percent);

        yield return Make("cards unallocated, %", result => result.Measures.UnallocatedPercent, Percent);
        yield return Make("cards too scattered, %", result => result.Measures.FragmentedPercent, Percent);
        yield return Make("unfairness, worst rho", result => result.Measures.Fairness.Worst, value => Number(value, "0.00"));
        yield return Make("work lost, card-hours", result => result.Measures.LostCardSeconds / 3600, value => Number(value, "0.0"));
        yield return Make("energy, kWh", result => result.Bill.EnergyKwh, value => Number(value, "0.0"));
        yield return Make(
            Number(kwhUsd, "'energy at '0.00##' USD/kWh'"), result => result.Bill.EnergyKwh * kwhUsd, value => Number(value, "0.00"));
    }

    private static string Ending(double seconds) => double.IsNaN(seconds) ? "none ends" : TimeText.Of(seconds);

    private static string Count(double value) => Number(value, "0");

    private static string Percent(double value) => Number(value, "0.0");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
