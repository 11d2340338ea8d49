using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// Remembers whose input the engine could not take. Finding that out costs a look at the whole store, so the caller's next input of
/// the kind is taken only after a pause, which doubles each time: a client in a loop can't keep the pool busy.
/// </summary>
internal sealed class PoisonBook(TimeProvider clock)
{
    private const int MostCallers = 1_000;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Without a further fault for this long, a caller is as good as any.</summary>
    private static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Pause> _pauses = new(StringComparer.Ordinal);

    /// <summary>The engine could not take it.</summary>
    public void Note(PoolInput input)
    {
        if (CallerOf(input) is not { } caller) return;
        var now = clock.GetUtcNow();
        var length = Known(caller, now) is { } before ? Min(before.Length * 2, Longest) : First;
        if (_pauses.Count >= MostCallers && !_pauses.ContainsKey(caller)) _pauses.Remove(_pauses.MinBy(pair => pair.Value.Until).Key);
        _pauses[caller] = new Pause(now + length, length);
    }

    /// <summary>Why a call is not taken now; null: it is.</summary>
    public string? WhyNot(PoolCall call)
    {
        if (_pauses.Count == 0) return null;
        var now = clock.GetUtcNow();
        foreach (var input in call.Inputs)
        {
            if (input is PoolInput.Reported || CallerOf(input) is not { } caller) continue;
            if (Known(caller, now) is { } pause && pause.Until > now)
                return $"the last {caller} met an internal error of the scheduler; the next one is taken in "
                    + $"{Math.Ceiling((pause.Until - now).TotalSeconds):0} s";
        }

        return null;
    }

    /// <summary>The inputs as a cycle may take them: a report that failed before is passed over at once.</summary>
    public IReadOnlyList<PoolInput> Sift(IReadOnlyList<PoolInput> inputs)
    {
        if (_pauses.Count == 0 || !inputs.Any(IsKnownReport)) return inputs;
        return [.. inputs.Select(input => IsKnownReport(input) ? PassOver((PoolInput.Reported)input) : input)];
    }

    private static PoolInput.Reported PassOver(PoolInput.Reported report) =>
        PoolInput.Reported.PassedOver(report.Node, report.Sequence);

    private bool IsKnownReport(PoolInput input) =>
        input is PoolInput.Reported && CallerOf(input) is { } caller && Known(caller, clock.GetUtcNow()) is not null;

    private Pause? Known(string caller, DateTimeOffset now) =>
        _pauses.TryGetValue(caller, out var pause) && now < pause.Until + Forgiven ? pause : null;

    /// <summary>Who asks for what, in words; null for what can't be put off.</summary>
    private static string? CallerOf(PoolInput input) => input switch
    {
        PoolInput.Submit submit => $"submission of {(submit.Jobs.Count > 0 ? submit.Jobs[0].Draft.User : "no user")}",
        PoolInput.Cancel cancel => $"cancel by {cancel.User}",
        PoolInput.Hold hold => $"hold by {hold.User}",
        PoolInput.Release release => $"release by {release.User}",
        PoolInput.Requeue requeue => $"requeue by {requeue.User}",
        PoolInput.Drain drain => $"drain by {drain.User}",
        PoolInput.Resume resume => $"resume by {resume.User}",
        PoolInput.NodeJoined joined => $"announcement of node {joined.Node}",
        PoolInput.CardsRead read => $"reading of the cards of node {read.Node}",
        PoolInput.Reported report => $"{report.Event?.GetType().Name} of attempt {report.Attempt} by node {report.Node}",
        PoolInput.Reload => "reload",
        _ => null,
    };

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private readonly record struct Pause(DateTimeOffset Until, TimeSpan Length);
}
