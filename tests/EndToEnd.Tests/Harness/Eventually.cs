using Grpc.Core;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>Waits for what real processes do, by looking again and again.</summary>
public static class Eventually
{
    /// <summary>Generous: machines that run tests are busy. A test that waits this long has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks until it sees what it waits for; the failure says what was seen last.</summary>
    public static async Task<T> Sees<T>(string what, Func<Task<T>> look, Func<T, bool> seen, Func<string>? more = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        var last = "nothing";
        while (TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            try
            {
                var value = await look();
                if (seen(value)) return value;
                last = value?.ToString() ?? "null";
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable)
            {
                last = failure.Status.ToString();
            }

            await Task.Delay(Interval, TimeProvider.System);
        }

        throw new TimeoutException($"waited {Patience.TotalSeconds} s for {what}; last seen: {last}\n{more?.Invoke()}");
    }
}
