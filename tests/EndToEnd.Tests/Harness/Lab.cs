using System.Diagnostics;
using System.Globalization;
using GpuScheduler.Protos.V1;
using Grpc.Net.Client;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>A scheduler and workers as real processes in a folder of their own. Ends everything that was started in it.</summary>
public sealed class Lab : IAsyncDisposable
{
    private readonly List<ProcessHandle> _processes = [];
    private readonly string? _poolFile;
    private GrpcChannel? _channel;

    private Lab(string? pool)
    {
        Folder = Directory.CreateTempSubdirectory("gpusched-e2e-").FullName;
        if (pool is not null) File.WriteAllText(_poolFile = In("pool.yaml"), pool);
    }

    public string Folder { get; }

    /// <summary>What every program started here finds in its environment besides.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What workers are told besides, from now on.</summary>
    public IReadOnlyList<string> WorkerFlags { get; set; } = [];

    /// <summary>Where the scheduler listens; the same after every restart.</summary>
    public string Server { get; private set; } = $"http://127.0.0.1:{Ports.Free()}";

    public ProcessHandle Scheduler { get; private set; } = null!;

    public JobsService.JobsServiceClient Jobs => new(Channel);

    public PoolsService.PoolsServiceClient Pools => new(Channel);

    private GrpcChannel Channel => _channel ??= GrpcChannel.ForAddress(Server);

    public static async Task<Lab> Start(string? pool = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        var lab = new Lab(pool);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) lab.Variables[name] = value;
        await lab.StartScheduler();
        return lab;
    }

    public string In(string name) => Path.Combine(Folder, name);

    /// <summary>Starts it on the data of the last one and waits until it can be called.</summary>
    public async Task StartScheduler(params string[] more)
    {
        var data = In("scheduler");
        Directory.CreateDirectory(data);
        File.Delete(Path.Combine(data, "address"));
        string[] config = _poolFile is null ? [] : ["--config", _poolFile];
        var command = Command("gpusched-scheduler", ["--data", data, "--listen", Server["http://".Length..], .. config, .. more]);
        Scheduler = Add(ProcessHandle.Start(command));
        await Eventually.Sees(
            "the scheduler's address file",
            () => Task.FromResult(File.Exists(Path.Combine(data, "address"))),
            exists => exists || Scheduler.HasExited,
            () => Scheduler.Output);
        if (Scheduler.HasExited) throw new InvalidOperationException($"the scheduler ended with {Scheduler.ExitCode}\n{Scheduler.Output}");
        Server = File.ReadAllText(Path.Combine(data, "address")).Trim();
        // A fresh connection: the old one may still be waiting before it tries again.
        _channel?.Dispose();
        _channel = null;
    }

    /// <summary>Starts a worker on its own data folder and waits until its node is there.</summary>
    public async Task<ProcessHandle> StartWorker(string name, int cores = 8, params (string Uuid, string Model, int Gib)[] cards)
    {
        var inventory = In($"{name}.yaml");
        var lines = cards.Select(card => $"  - {{ uuid: {card.Uuid}, model: \"{card.Model}\", memory: {card.Gib}GiB }}");
        File.WriteAllText(
            inventory,
            $"node: {name}\ncpu: {{ cores: {cores}, memory: 64GiB, reservedCores: 0 }}\ndevices: "
                + $"{(cards.Length == 0 ? "[]" : "")}\n{string.Join('\n', lines)}\n");
        var worker = Add(
            ProcessHandle.Start(
                Command(
                    "gpusched-worker",
                    ["--server", Server, "--name", name, "--inventory", inventory, "--data", In($"worker-{name}"), .. WorkerFlags])));
        await NodeIs(name, node => node.State is not (NodeState.Unknown or NodeState.Down), "connected");
        return worker;
    }

    public async Task<Node> NodeIs(string name, Func<Node, bool> seen, string what)
    {
        var pool = await Eventually.Sees(
            $"node {name} to be {what}",
            async () => (await Pools.GetPoolAsync(new GetPoolRequest())).Pool,
            pool => pool.Nodes.Any(node => node.Name == name && seen(node)),
            Outputs);
        return pool.Nodes.Single(node => node.Name == name);
    }

    /// <summary>A shell line as a job.</summary>
    public static JobSpec Shell(string line, string tier = "preprocessing", string gpus = "", int retries = 2) =>
        new()
        {
            User = "ada", Tier = tier, Gpus = gpus, Retries = retries, Command = { "sh", "-c", line }, Memory = "64MiB",
            WorkingDirectory = "/tmp",
        };

    public async Task<string> Submit(JobSpec spec) => (await Jobs.SubmitJobAsync(new SubmitJobRequest { Spec = spec })).Id;

    public async Task<Job> Job(string id) => (await Jobs.GetJobAsync(new GetJobRequest { Id = id })).Jobs.Single();

    public Task<Job> JobIs(string id, JobState state) => JobIs(id, job => job.State == state, state.ToString());

    public Task<Job> JobIs(string id, Func<Job, bool> seen, string what) =>
        Eventually.Sees($"job {id} to be {what}", () => Job(id), seen, Outputs);

    /// <summary>Runs the command line against this lab.</summary>
    public Task<CliResult> Cli(params string[] arguments) => CliResult.Run(Folder, Server, Command("gpusched", arguments));

    /// <summary>Runs a verb that stays.</summary>
    public ProcessHandle StartCli(params string[] arguments)
    {
        var start = Command("gpusched", arguments);
        start.Environment["GPUSCHED_SERVER"] = Server;
        return Add(ProcessHandle.Start(start, keptLines: int.MaxValue));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) process.Dispose();
        _channel?.Dispose();
        Leftovers.KillIn(Folder);
        Leftovers.RemoveGroupsOf(Folder);
        await Eventually.Sees("the lab's folder to be free", () => Task.FromResult(TryDelete()), done => done);
    }

    public string Outputs() =>
        string.Join(
            "\n", _processes.Select(process => string.Create(CultureInfo.InvariantCulture, $"--- {process.Pid}\n{process.Output}")));

    private ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = Apps.Command(program, arguments);
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        return start;
    }

    private ProcessHandle Add(ProcessHandle process)
    {
        _processes.Add(process);
        return process;
    }

    private bool TryDelete()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            // A process that is just dying may still write.
            return false;
        }
    }
}
