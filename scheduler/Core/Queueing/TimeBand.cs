namespace GpuScheduler.Core.Queueing;

/// <summary>
/// Time limits of about the same length. A short job may go where a long one would break a promise, so the two must not stand in
/// one line; a line for each limit would leave a cycle with as many lines as users have habits.
/// </summary>
internal static class TimeBand
{
    private static readonly double[] Minutes = [1, 5, 15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10080];

    /// <summary>0 for the shortest; jobs without a limit have bands of their own, by what earlier runs took.</summary>
    public static int Of(TimeSpan? limit, TimeSpan? learned) => (limit, learned) switch
    {
        ({ } given, _) => Of(given),
        (null, { } expected) => Unlimited + 1 + Of(expected),
        (null, null) => Unlimited,
    };

    private static int Unlimited => Minutes.Length + 1;

    private static int Of(TimeSpan given)
    {
        var band = Array.FindIndex(Minutes, most => given.TotalMinutes <= most);
        return band < 0 ? Minutes.Length : band;
    }
}
