using GpuScheduler.Host.Observability;
using GpuScheduler.Testing;
using Microsoft.Extensions.Time.Testing;
using Serilog.Events;
using Serilog.Parsing;

namespace GpuScheduler.Host.Tests.Observability;

public sealed class FalseWarningTests
{
    private const string Stalled = "Participant check thread has not completed for {TimeSinceLastTick}, potentially indicating a deadlock.";

    private readonly FakeTimeProvider _clock = TestTime.NewClock();
    private readonly FalseWarnings _warnings;

    public FalseWarningTests() => _warnings = new FalseWarnings(_clock);

    [Theory]
    [InlineData("Note: Silo not running with ServerGC turned on - recommend checking app config : <configuration>")]
    [InlineData("Note: ServerGC only kicks in on multi-core systems (settings have no effect on single-core machines).")]
    public void Advice_for_servers_alone_is_left_out(string text) => Assert.True(_warnings.Has(Entry(text)));

    [Theory]
    [InlineData(11, true)]
    [InlineData(9, false)]
    public void A_check_can_not_have_stood_still_for_longer_than_the_process_lives(int seconds, bool isFalse)
    {
        _clock.Advance(TimeSpan.FromSeconds(10));

        var stalled = new LogEventProperty("TimeSinceLastTick", new ScalarValue(TimeSpan.FromSeconds(seconds)));

        Assert.Equal(isFalse, _warnings.Has(Entry(Stalled, stalled)));
    }

    [Theory]
    [InlineData(Stalled)]
    [InlineData("The pool's disk is full")]
    public void Other_warnings_stay(string text) => Assert.False(_warnings.Has(Entry(text)));

    private static LogEvent Entry(string text, params LogEventProperty[] properties) =>
        new(DateTimeOffset.UnixEpoch, LogEventLevel.Warning, null, new MessageTemplateParser().Parse(text), properties);
}
