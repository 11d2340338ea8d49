using Orleans;

namespace GpuScheduler.Embedded.Orleans.Tests.Grains;

/// <summary>Says on which scheduler pieces of its code run.</summary>
[Alias("tests.ISchedulerGrain")]
public interface ISchedulerGrain : IGrainWithStringKey
{
    [Alias("StaysAfterAwait")]
    Task<bool> StaysAfterAwait();

    [Alias("StaysAfterConfigureAwaitFalse")]
    Task<bool> StaysAfterConfigureAwaitFalse();

    [Alias("StaysInTaskRun")]
    Task<bool> StaysInTaskRun();

    [Alias("SeesCallersAsyncLocal")]
    Task<bool> SeesCallersAsyncLocal();
}
