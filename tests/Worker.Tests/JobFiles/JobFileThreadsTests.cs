using GpuScheduler.Worker.JobFiles;

namespace GpuScheduler.Worker.Tests.JobFiles;

public sealed class JobFileThreadsTests
{
    [Fact]
    public async Task Work_that_hangs_does_not_hold_back_other_work()
    {
        var threads = new JobFileThreads();
        using var hang = new ManualResetEventSlim();
        var hanging = Enumerable.Range(0, 100).Select(_ => threads.RunAsync(() => hang.Wait())).ToList();

        Assert.Equal(7, await threads.RunAsync(() => 7));
        Assert.All(hanging, work => Assert.False(work.IsCompleted));

        hang.Set();
        await Task.WhenAll(hanging);
    }

    [Fact]
    public async Task It_keeps_to_its_number_of_threads_and_does_everything()
    {
        var threads = new JobFileThreads(most: 2);
        var (now, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => threads.RunAsync(() =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            Interlocked.Decrement(ref now);
        })));

        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task A_fault_is_its_own() =>
        await Assert.ThrowsAsync<IOException>(() => new JobFileThreads().RunAsync(() => throw new IOException("no")));
}
