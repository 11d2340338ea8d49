using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common.Ports;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>The demo's processes: a scheduler and one worker for each declared machine.</summary>
internal sealed class DemoPool
{
    /// <summary>The machine that loses its power.</summary>
    public const string Victim = "lab-a100";

    private readonly ClientContext context;
    private readonly DemoFolder folder;
    private readonly LocalPool processes;

    public DemoPool(ClientContext context, DemoFolder folder)
    {
        this.context = context;
        this.folder = folder;
        processes = new(folder.Path, context);
        Address = $"http://127.0.0.1:{LocalPort.Free()}";
    }

    public static IReadOnlyList<string> Machines { get; } = [Victim, "ws-rtx6000", "desk-4090", "cpu-box"];

    public string Address { get; }

    public async Task StartAsync(SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var health = new PoolHealth(context);
        string[] arguments = ["--data", folder.Data, "--listen", SchedulerConnection.ToListen(Address), "--config", folder.Config];
        await processes.Scheduler.StartAsync(SiblingProgram.Find(SiblingProgram.Scheduler, context), arguments, null, cancellationToken);
        var workers = Machines.Select(node => (node, NewWorker(node))).ToArray();
        await Task.WhenAll(Machines.Select(node => StartMachineAsync(node, cancellationToken)));
        await health.WaitForSchedulerAsync(connection, processes.Scheduler, cancellationToken);
        await health.WaitForNodesAsync(connection, workers, cancellationToken);
        processes.Note(Address, Machines);
    }

    public Task StartMachineAsync(string node, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--server", Address, "--name", node, "--data", folder.MachineData(node), "--inventory", folder.Example($"pool/{node}.yaml"),
        ];
        var mark = new Dictionary<string, string> { [MarkedProcesses.MachineVariable] = folder.MachineData(node) };
        return NewWorker(node).StartAsync(SiblingProgram.Find(SiblingProgram.Worker, context), arguments, mark, cancellationToken);
    }

    /// <summary>Cuts a machine's power: agent, supervisors and jobs at once, with SIGKILL. Returns how many processes it took.</summary>
    public int CutPower(string node) => MarkedProcesses.KillAll(folder.MachineData(node));

    /// <summary>Ends everything that has the demo's folder in its environment or command line.</summary>
    public void KillEverything() => MarkedProcesses.KillAll(folder.Path);

    private BackgroundProcess NewWorker(string node) => new($"worker-{node}", folder.Path, context);
}
