using Microsoft.Extensions.Time.Testing;

namespace GpuScheduler.Testing;

/// <summary>When tests take place.</summary>
public static class TestTime
{
    /// <summary>A fixed, unremarkable Monday morning, so that no test depends on the day it runs.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A clock that stands still until a test moves it.</summary>
    public static FakeTimeProvider NewClock() => new(Start);
}
