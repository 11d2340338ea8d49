using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>Shows in under a minute what the project is for, with real processes on this machine.</summary>
internal sealed class DemoCommand : ClientCommand
{
    private readonly Option<bool> keep = Flags.Switch("--keep", "leave the pool running afterwards, to play with");

    public DemoCommand()
        : base("demo", "watch a small pool of mixed cards lose a machine and no work") => Add(keep);

    public override string Usage => "[FLAGS]";

    public override bool EndsWithItsReader => true;

    public override string Notes => """
        Four declared machines (an A100 box, an RTX 6000 Ada workstation, a desk machine
        with a 4090 and a 3080, a CPU box), a dozen real jobs, one machine killed
        with -9 while it trains. Ends with a summary and a verdict; exit code 1 if a
        promise was not kept. Needs python3. Leaves nothing behind unless --keep is
        given.
        """;

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        RequirePython(call);
        var folder = new DemoFolder(call.Context);
        var pool = new DemoPool(call.Context, folder);
        var kept = false;
        try
        {
            var promisesKept = await PlayAsync(call, folder, pool, cancellationToken);
            kept = call.Flags.GetValue(keep);
            if (kept)
                PrintFarewell(call, folder, pool);

            return promisesKept ? ExitCode.Success : ExitCode.Failure;
        }
        finally
        {
            if (!kept)
            {
                pool.KillEverything();
                folder.Delete();
            }
        }
    }

    private static async Task<bool> PlayAsync(Call call, DemoFolder folder, DemoPool pool, CancellationToken cancellationToken)
    {
        using var connection = new SchedulerConnection(pool.Address, call.Context);
        call.Out.WriteLine($"starting a scheduler and {DemoPool.Machines.Count} machines: {string.Join(", ", DemoPool.Machines)}");
        call.Out.Flush();
        await pool.StartAsync(connection, cancellationToken);
        var nodes = new List<Node>();
        await foreach (var page in PoolReader.ReadAsync(call, connection, cancellationToken))
            nodes.AddRange(page.Entries);

        var ids = await new DemoWork(folder, call.Context).SubmitAsync(connection, cancellationToken);

        IReadOnlyList<Job> jobs = [];
        IReadOnlyList<string> hit = [];
        async Task Tell(IDemoBoard board)
        {
            var story = new DemoStory(call.Context, pool, connection, board);
            jobs = await story.TellAsync(ids, cancellationToken);
            hit = story.Hit;
        }

        await (call.Context.Console.OutIsTerminal ? LiveBoard.RunAsync(call, Tell) : Tell(new LineBoard(call)));
        return Conclude(call, jobs, nodes, hit);
    }

    private static bool Conclude(Call call, IReadOnlyList<Job> jobs, IReadOnlyList<Node> nodes, IReadOnlyList<string> hit)
    {
        var summary = new DemoSummary(jobs, nodes);
        var checks = new DemoChecks(jobs, nodes, hit).All();
        call.Out.WriteLine();
        foreach (var line in (string[])[.. summary.Table(call.Context.Console.Width), "", .. summary.Recoveries(), ""])
            call.Out.WriteLine(line);

        foreach (var check in checks)
            call.Out.WriteLine($"{(check.Kept ? "kept  " : "BROKEN")} {check.Promise}");

        call.Out.WriteLine(checks.All(check => check.Kept) ? "the demo kept all its promises" : "the demo broke a promise");
        return checks.All(check => check.Kept);
    }

    private static void RequirePython(Call call)
    {
        var found = call.Context.Variable("PATH").Split(':')
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "python3")));
        if (!found)
            throw new CommandException(ExitCode.Failure, "demo: python3 is not on the PATH; the demo's jobs need it");
    }

    private static void PrintFarewell(Call call, DemoFolder folder, DemoPool pool) => call.Out.WriteLine($"""

        the pool stays up; play with it:
          export GPUSCHED_SERVER={pool.Address}
          gpusched nodes
          gpusched queue --all
          gpusched submit --gpus a100:1 --tier training --checkpoint -- python3 {folder.Example("trainer.py")}
        and in the end:
          gpusched down --data {folder.Path} --stop-jobs
        """);
}
