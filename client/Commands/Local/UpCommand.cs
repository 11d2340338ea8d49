using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Commands;

/// <summary>A pool of one machine in one command. What runs already is left alone.</summary>
internal sealed class UpCommand : ClientCommand
{
    private readonly Option<string?> data = Flags.Text(
        "--data", "DIR", "where to keep the queue, pid files and logs (default ~/.local/share/gpusched)");
    private readonly Option<string?> listen = Flags.Text(
        "--listen", "URL", $"the scheduler's address (default {SchedulerConnection.DefaultAddress})");
    private readonly Option<string?> config = Flags.Text("--config", "FILE", "the scheduler's pool.yaml");
    private readonly Option<string?> inventory = Flags.Text(
        "--inventory", "FILE", "what this machine has, cards included: they are not detected yet");
    private readonly Option<string?> name = Flags.Text("--name", "NODE", "this machine's name in the pool (default: its host name)");

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

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var pool = new LocalPool(call.Flags.GetValue(data), call.Context);
        var listening = call.Flags.GetValue(listen) ?? SchedulerConnection.DefaultAddress;
        var address = OpenAddress.Here(listening);
        var node = call.Flags.GetValue(name) ?? Environment.MachineName;
        Directory.CreateDirectory(pool.Directory);
        using var connection = new SchedulerConnection(address, call.Context);
        var health = new PoolHealth(call.Context, connection);

        if (!AlreadyRuns(call, pool.Scheduler))
            await pool.Scheduler.StartAsync(
                SiblingProgram.Find(SiblingProgram.Scheduler, call.Context), SchedulerArguments(call, pool, listening), null,
                cancellationToken);

        await health.WaitForSchedulerAsync(pool.Scheduler, cancellationToken);
        if (!AlreadyRuns(call, pool.Worker))
            await pool.Worker.StartAsync(
                SiblingProgram.Find(SiblingProgram.Worker, call.Context), WorkerArguments(call, pool, address, node), null,
                cancellationToken);

        await health.WaitForNodesAsync([(node, pool.Worker)], cancellationToken);
        pool.Note(address, [node]);
        Report(call, pool, address, node);
        if (OpenAddress.ForOthers(listening) is { } open)
            call.Out.WriteLine($"other machines reach it at {open}; anyone who does can run programs here");
        return ExitCode.Success;
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

    private List<string> WorkerArguments(Call call, LocalPool pool, string address, string node)
    {
        List<string> arguments = ["--server", address, "--name", node, "--data", Path.Combine(pool.Directory, "worker")];
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

    private static void Report(Call call, LocalPool pool, string address, string node)
    {
        call.Out.WriteLine($"the pool is up: scheduler at {address}, worker {node}");
        call.Out.WriteLine($"logs: {pool.Scheduler.LogFile} and {pool.Worker.LogFile}");
        if (address != SchedulerConnection.DefaultAddress)
            call.Out.WriteLine($"export GPUSCHED_SERVER={address}");
    }
}
