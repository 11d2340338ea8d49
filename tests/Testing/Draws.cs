using System.Globalization;
using FsCheck;

namespace GpuScheduler.Testing;

/// <summary>How often a property is tried, and from which seed.</summary>
/// <remarks>
/// The seed is fixed: a commit passes or fails, whoever tests it and how often. Whoever looks for new trouble sets GPUSCHED_FRESH_CASES to
/// a number: every property then draws that many times its usual cases, from a new seed, which a failure prints.
/// </remarks>
public static class Draws
{
    private const ulong Seed = 20_261_122, Gamma = 0x9E37_79B9_7F4A_7C15;

    private static readonly int Fresh =
        int.TryParse(
            Environment.GetEnvironmentVariable("GPUSCHED_FRESH_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? times
            : 0;

    /// <summary>A failure throws, with the case that failed cut down to what matters.</summary>
    /// <param name="cases">How many cases are drawn, from 1.</param>
    public static Config Config(int cases = 100)
    {
        var config = FsCheck.Config.QuickThrowOnFailure;
        return Fresh > 0 ? config.WithMaxTest(cases * Fresh) : config.WithMaxTest(cases).WithReplay(Seed, Gamma);
    }

    /// <summary>Tries <paramref name="property"/> on <paramref name="cases"/> cases.</summary>
    public static void Holds(this Property property, int cases = 100) => Check.One(Config(cases), property);
}
