using GpuScheduler.Client.Commands;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Testing;

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
            "gpusched: whatif: 'gpusched up' has started no pool here (there is no "
                + "/home/anna/.local/share/gpusched/scheduler/gpusched.db); " +
            "name a scheduler's data folder with --from-store, or files with --nodes and --jobs\n",
            result.Error);
    }

    [Fact]
    public void A_pool_on_this_machine_is_asked_by_its_store()
    {
        var folder = Directory.CreateTempSubdirectory("gpusched-whatif-").FullName;
        var context = new ClientContext
        {
            Console = new TestConsole(), Environment = new Dictionary<string, string>(), FindWorkingDirectory = () => folder,
            FindUserName = () => "anna",
            Time = TestTime.NewClock(), Chance = () => 0.5, NewKey = () => "",
        };
        var pool = new LocalPool(folder, context);
        Directory.CreateDirectory(pool.SchedulerData);
        File.WriteAllText(pool.Store, "");

        Assert.Equal(["whatif", "--from-store", pool.Store, "--add", "1xA100"], WhatIfCommand.Complete(["--add", "1xA100"], pool));
        Assert.Equal(["whatif", "--from-store", pool.Store, "--pool=my.yaml"], WhatIfCommand.Complete(["--pool=my.yaml"], pool));
        Assert.Equal(["whatif", "--from-store=x", "--add", "1xA100"], WhatIfCommand.Complete(["--from-store=x", "--add", "1xA100"], pool));
        Directory.Delete(folder, recursive: true);
    }
}
