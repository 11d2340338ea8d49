using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Grains.Tests.Harness;

/// <summary>Puts calls into one cycle.</summary>
internal static class Cycles
{
    /// <summary>Holds a commit until all calls wait, so that the next cycle takes them together.</summary>
    public static async Task<PoolAnswer[]> InOne(PoolUnderTest pool, params Func<Task<PoolAnswer>>[] calls)
    {
        var held = pool.Commits.Close();
        var first = pool.Submit(Drafts.Cpu);
        await held;
        var answers = calls.Select(call => call()).ToArray();
        pool.Commits.Open();
        await first;
        return await Task.WhenAll(answers);
    }
}
