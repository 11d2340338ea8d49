namespace GpuScheduler.Worker.Session;

/// <summary>
/// How long to wait before the next session. Whatever ends sessions soon after they began would end the next one, too: then the pause
/// doubles each time, so that neither side is kept busy with it.
/// </summary>
internal sealed class SessionPauses(TimeProvider time)
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>A session that lasted longer has worked.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    /// <summary>Doubled that often, the first pause is beyond the longest.</summary>
    private const int MostDoublings = 10;

    private int _short;

    /// <param name="began">The session's, as the time provider's timestamp.</param>
    public TimeSpan After(long began)
    {
        _short = time.GetElapsedTime(began) < Steady ? Math.Min(_short + 1, MostDoublings) : 1;
        var pause = First * (1 << (_short - 1));
        return pause < Longest ? pause : Longest;
    }
}
