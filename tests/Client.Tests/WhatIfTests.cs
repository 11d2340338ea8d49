using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>What the client adds before it becomes the simulator: this machine's own pool.</summary>
public sealed class WhatIfTests
{
    [Fact]
    public async Task Without_a_pool_on_this_machine_it_says_what_else_can_be_named()
    {
        var result = await new Cli().RunAsync("whatif", "--add", "4xRTX4090");

        Assert.Equal(4, result.ExitCode);
        Assert.Equal(
            "gpusched: whatif: 'gpusched up' has started no pool here (there is no /home/anna/.local/share/gpusched/scheduler/gpusched.db); " +
            "name a scheduler's data folder with --from-store, or files with --nodes and --jobs\n",
            result.Error);
    }
}
