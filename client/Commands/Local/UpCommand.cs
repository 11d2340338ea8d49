using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Commands;

/// <summary>A pool of one machine in one command. What it started itself and runs already is left alone.</summary>
internal sealed class UpCommand : ClientCommand
{
    private readonly Option<string?> data = Flags.Text(
        "--data", "DIR", "where to keep the queue, pid files and logs (default ~/.local/share/gpusched)");
    private readonly Option<string?> listen = Flags.Text(
        "--listen", "URL",
        "the scheduler's address (default: as last time; at first "
            + $"{SchedulerConnection.DefaultAddress} for root, a port of their own for others)");
    private readonly Option<string?> config = Flags.Text("--config", "FILE", "the scheduler's pool.yaml");
    private readonly Option<string?> inventory = Flags.Text(
        "--inventory", "FILE", "what this machine has, cards included: they are not detected yet");
    private readonly Option<string?> name = Flags.Text(
        "--name", "NODE",
        "this machine's name in the pool (default: as last time; at first its host name, for others than root with the user's)");

    private readonly Option<bool> acceptLoss = new("--accept-loss")
    {
        Description = "go on although the queue's store lost work, or is a backup: once, when a start was refused for it",
    };

    private readonly Option<bool> insecure = Flags.Switch(
        "--insecure", "with --listen 0.0.0.0:PORT: let other machines in, although nothing protects the connection");

    public UpCommand()
        : base("up", "start a scheduler and this machine's worker in the background")
    {
        foreach (var option in new[] { data, listen, config, inventory, name })
            Add(option);
        Add(acceptLoss);
        Add(insecure);
    }

    public override string Usage => "[FLAGS]";

    public override string Notes => """
        Verbs that are given no address (--server, GPUSCHED_SERVER) find the pool that
        this user's 'gpusched up' has started without --data.
        """;

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var pool = new LocalPool(call.Flags.GetValue(data), call.Context);
        pool.MakeDirectory();
        var node = call.Flags.GetValue(name) ?? OwnPool.Node(pool, call.Context);
        List<BackgroundProcess> started = [];
        try
        {
            var address = await StartSchedulerAsync(call, pool, started, cancellationToken);
            await StartWorkerAsync(call, pool, address, node, started, cancellationToken);
            pool.Note(address, [node]);
            Report(call, pool, address, node);
            if (call.Flags.GetValue(listen) is { } listening && OpenAddress.ForOthers(listening) is { } open)
                call.Out.WriteLine($"other machines reach it at {open}; anyone who does can run programs here");
            return ExitCode.Success;
        }
        catch (Exception)
        {
            // A pool that is not whole is none: nothing that began here stays. Jobs that a worker has taken up again go on.
            foreach (var process in started) await process.StopAsync(PoolHealth.StopPatience, CancellationToken.None);
            throw;
        }
    }

    /// <returns>Where the scheduler of this folder listens: it has said so itself.</returns>
    private async Task<string> StartSchedulerAsync(
        Call call, LocalPool pool, List<BackgroundProcess> started, CancellationToken cancellationToken)
    {
        var asked = call.Flags.GetValue(listen);
        if (AlreadyRuns(call, pool.Scheduler))
        {
            var address = pool.SchedulerAddress ?? OpenAddress.Here(pool.Notes?.Address ?? asked ?? OwnPool.Address(pool));
            if (asked is not null && SchedulerConnection.ToListen(OpenAddress.Here(asked)) != SchedulerConnection.ToListen(address))
                throw new CommandException(
                    ExitCode.Failure,
                    $"--listen: '{asked}': the scheduler of {pool.Directory} runs already, at {address}; 'gpusched down' first");
            return address;
        }

        var wanted = asked ?? OwnPool.Address(pool);
        pool.ForgetSchedulerAddress();
        started.Add(pool.Scheduler);
        await pool.Scheduler.StartAsync(
            SiblingProgram.Find(SiblingProgram.Scheduler, call.Context), SchedulerArguments(call, pool, wanted), null, cancellationToken);
        return await new PoolHealth(call.Context).WaitForAddressAsync(pool, wanted, cancellationToken);
    }

    private async Task StartWorkerAsync(
        Call call, LocalPool pool, string address, string node, List<BackgroundProcess> started, CancellationToken cancellationToken)
    {
        using var connection = new SchedulerConnection(address, call.Context);
        var health = new PoolHealth(call.Context);
        await health.WaitForSchedulerAsync(connection, pool.Scheduler, cancellationToken);
        // A worker that was told another address or name would never be there.
        if (pool.Notes is var (old, nodes) && (old != address || !nodes.Contains(node)))
            await pool.Worker.StopAsync(PoolHealth.StopPatience, cancellationToken);
        if (!AlreadyRuns(call, pool.Worker))
        {
            started.Add(pool.Worker);
            await pool.Worker.StartAsync(
                SiblingProgram.Find(SiblingProgram.Worker, call.Context), WorkerArguments(call, pool, address, node), null,
                cancellationToken);
        }

        await health.WaitForNodesAsync(connection, [(node, pool.Worker)], cancellationToken);
    }

    private static bool AlreadyRuns(Call call, BackgroundProcess process)
    {
        if (process.Running is not { } running)
            return false;

        call.Out.WriteLine($"{process.Name} runs already (pid {running.Pid})");
        return true;
    }

    private List<string> SchedulerArguments(Call call, LocalPool pool, string address)
    {
        List<string> arguments = ["--data", pool.SchedulerData, "--listen", SchedulerConnection.ToListen(address)];
        AddFile(arguments, "--config", call.Flags.GetValue(config), call.Context);
        if (call.Flags.GetValue(insecure)) arguments.Add("--insecure");
        if (call.Flags.GetValue(acceptLoss)) arguments.Add("--accept-loss");
        return arguments;
    }

    /// <summary>Another program may have the port one day: the worker joins the scheduler of this folder alone.</summary>
    private List<string> WorkerArguments(Call call, LocalPool pool, string address, string node)
    {
        List<string> arguments =
        [
            "--server", address, "--name", node, "--data", Path.Combine(pool.Directory, "worker"), "--store-file", pool.StoreFile,
        ];
        AddFile(arguments, "--inventory", call.Flags.GetValue(inventory), call.Context);
        return arguments;
    }

    private static void AddFile(List<string> arguments, string flag, string? file, ClientContext context)
    {
        if (file is null)
            return;

        var path = context.FullPath(file);
        if (!File.Exists(path))
            throw CommandException.Usage($"{flag}: '{file}': no such file");

        arguments.AddRange([flag, path]);
    }

    private void Report(Call call, LocalPool pool, string address, string node)
    {
        call.Out.WriteLine($"the pool is up: scheduler at {address}, worker {node}");
        call.Out.WriteLine($"logs: {pool.Scheduler.LogFile} and {pool.Worker.LogFile}");
        if (call.Flags.GetValue(data) is not null && address != SchedulerConnection.DefaultAddress)
            call.Out.WriteLine($"export GPUSCHED_SERVER={address}");
    }
}
