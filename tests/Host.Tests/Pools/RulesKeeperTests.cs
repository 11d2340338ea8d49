using GpuScheduler.Core.Storage;
using GpuScheduler.Host.Pools;
using Microsoft.Extensions.Logging.Abstractions;

namespace GpuScheduler.Host.Tests.Pools;

/// <summary>
/// The text of the rules goes to the store when the scheduler starts and when they change, and its pool doesn't depend on it.
/// </summary>
public sealed class RulesKeeperTests
{
    [Fact]
    public async Task What_is_in_force_is_kept()
    {
        var kept = new List<(string File, string Text)>();
        var keeper = Keeper((file, text) => { kept.Add((file, text)); return Task.CompletedTask; });

        await keeper.KeepFirst();
        await keeper.Keep("name: new\n");

        Assert.Equal([("/etc/pool.yaml", "name: old\n"), ("/etc/pool.yaml", "name: new\n")], kept);
    }

    [Fact]
    public async Task A_full_store_is_no_reason_to_stop()
    {
        var asked = 0;
        await Keeper((_, _) => { asked++; throw new StoreFullException("disk full", new IOException()); }).KeepFirst();

        Assert.Equal(1, asked);
    }

    private static RulesKeeper Keeper(Func<string, string, Task> save) =>
        new(save, "/etc/pool.yaml", "name: old\n", NullLogger<RulesKeeper>.Instance);
}
