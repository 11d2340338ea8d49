using Polly;
using Polly.Retry;

namespace GpuScheduler.Common.Network;

/// <summary>
/// The one way in which client and worker try again: soon at first, ever more seldom later, and spread by chance, so that all who lost a
/// scheduler don't come back to it in one moment. Cancellation ends a wait at once.
/// </summary>
/// <param name="Time">What the waits go by.</param>
/// <param name="Chance">Numbers from 0 up to, not including, 1.</param>
/// <param name="First">About the first wait.</param>
/// <param name="Longest">No wait is longer.</param>
internal sealed record Reconnect(TimeProvider Time, Func<double> Chance, TimeSpan First, TimeSpan Longest)
{
    /// <summary>How many tries follow the first one; a worker has nothing better to do than to try for ever.</summary>
    public int MostRetries { get; init; } = int.MaxValue;

    /// <param name="isWorthIt">Whether another try may bring more than this outcome.</param>
    /// <param name="wait">The wait that an outcome asks for; null: the next in the row.</param>
    /// <param name="tell">Hears of each outcome that is tried again, and of the wait before that.</param>
    public ResiliencePipeline Pipeline(
        Func<Outcome<object>, bool> isWorthIt, Func<Outcome<object>, TimeSpan?>? wait = null,
        Action<Outcome<object>, TimeSpan>? tell = null) =>
        new ResiliencePipelineBuilder { TimeProvider = Time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = failed => ValueTask.FromResult(isWorthIt(failed.Outcome)),
            DelayGenerator = wait is null ? null : failed => ValueTask.FromResult(wait(failed.Outcome)),
            OnRetry = failed =>
            {
                tell?.Invoke(failed.Outcome, failed.RetryDelay);
                return default;
            },
            MaxRetryAttempts = MostRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Randomizer = Chance,
            Delay = First,
            MaxDelay = Longest,
        }).Build();
}
