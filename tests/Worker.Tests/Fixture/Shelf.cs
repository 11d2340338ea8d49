using GpuScheduler.Worker.CommandLine;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Supervision;
using GpuScheduler.Worker.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Serilog.Events;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>Stores' folders without a scheduler.</summary>
internal static class Shelf
{
    public static async Task<StoreShelf> OpenAsync(WorkerHome home)
    {
        var options = new WorkerOptions(new("http://127.0.0.1:1"), null, null, null, LogEventLevel.Warning, false)
        {
            Groups = CgroupChoice.Off,
        };
        var program = SupervisorProgram.Install(SupervisorChoice.Shell, home.Root, NullLogger<SupervisorProgram>.Instance);
        var node = NodeFacts.Of("node-a", options.Server, []);
        var shelf = new StoreShelf(home, new(options, node, program, new(), new(), TimeProvider.System, NullLoggerFactory.Instance));
        await shelf.OpenAsync(rebooted: true);
        return shelf;
    }
}
