using GpuScheduler.Common.Network;
using Polly;

namespace GpuScheduler.Worker.Session;

/// <summary>When the next session is begun.</summary>
internal sealed class SessionPace
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>A session that lasted longer has worked.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;

    /// <summary>While none comes about. It never gives up: an admin may mend the cause, at the scheduler or on this node's disk.</summary>
    private readonly ResiliencePipeline _none;

    /// <summary>While they come about and end soon: neither side is to be kept busy with it.</summary>
    private readonly ResiliencePipeline _short;

    /// <param name="time">What the pauses go by.</param>
    /// <param name="chance">Numbers from 0 up to, not including, 1.</param>
    /// <param name="tell">Hears why no session came about, and of the pause after that.</param>
    public SessionPace(TimeProvider time, Func<double> chance, Action<Exception, TimeSpan> tell)
    {
        _time = time;
        var reconnect = new Reconnect(time, chance, First, Longest);
        _none = reconnect.Pipeline(
            failed => failed.Exception is not (null or OperationCanceledException),
            tell: (failed, pause) => tell(failed.Exception!, pause));
        // Two workers that keep taking the session from each other must not do so at full speed.
        _short = reconnect.Pipeline(
            ended => ended.Result is SessionEnd.Early or SessionEnd.Taken,
            ended => ended.Result is SessionEnd.Taken ? Longest : null);
    }

    /// <summary>Begins session after session; ends only when cancelled. One that had worked for a while starts the pauses anew.</summary>
    /// <param name="session">Runs one from its beginning to its end; throws when none comes about.</param>
    /// <param name="cancellationToken">Ends the pauses, too.</param>
    public async Task KeepAsync(Func<CancellationToken, ValueTask<SessionEnd>> session, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _short.ExecuteAsync(token => _none.ExecuteAsync(session, token), cancellationToken);
                await Task.Delay(First, _time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
