using Orleans;
using Orleans.Concurrency;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

/// <summary>Owns one timer whose callback notes "tick", waits at the gate "tick", and notes "tick ends".</summary>
[Alias("tests.ITimerGrain")]
public interface ITimerGrain : IGrainWithStringKey
{
    [Alias("Start")]
    Task Start(TimeSpan dueTime, TimeSpan period, bool interleave);

    /// <summary>A timer whose callback throws each time.</summary>
    [Alias("StartFailing")]
    Task StartFailing(TimeSpan period);

    /// <summary>A timer whose callback, once, changes it to this due time, while its own period is infinite.</summary>
    [Alias("StartChanging")]
    Task StartChanging(TimeSpan dueTime);

    /// <summary>A timer whose callback waits until its token is cancelled.</summary>
    [Alias("StartWaiting")]
    Task StartWaiting(TimeSpan dueTime);

    [AlwaysInterleave]
    [Alias("Change")]
    Task Change(TimeSpan dueTime, TimeSpan period);

    [AlwaysInterleave]
    [Alias("Stop")]
    Task Stop();

    /// <summary>Waits at the gate "busy".</summary>
    [Alias("BeBusy")]
    Task BeBusy();

    [Alias("Leave")]
    Task Leave();
}
