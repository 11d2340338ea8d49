using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>Counts what the worker says of sessions that did not come about.</summary>
internal sealed class RetryCount : ILoggerFactory, ILogger
{
    /// <summary>"No session with the scheduler".</summary>
    private const int NoSession = 5021;

    private readonly SemaphoreSlim _seen = new(0);

    /// <summary>Waits for so many more.</summary>
    public async Task WaitAsync(int count)
    {
        for (var i = 0; i < count; i++)
            Assert.True(await _seen.WaitAsync(TimeSpan.FromSeconds(60)), "the worker did not try again");
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => NullLogger.Instance.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == NoSession) _seen.Release();
    }

    public void Dispose() => _seen.Dispose();
}
