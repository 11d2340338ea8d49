using System.CommandLine;
using GpuScheduler.Common.Network;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Supervision;
using GpuScheduler.Worker.Inventory;
using GpuScheduler.Worker.Session;
using Serilog.Events;

namespace GpuScheduler.Worker.CommandLine;

/// <summary>The worker's command line: flags, defaults, help.</summary>
internal static class WorkerCommand
{
    private const string DefaultServer = "http://127.0.0.1:7070";

    public static RootCommand Create(Func<WorkerOptions, Task<int>> run)
    {
        var server = new Option<string?>("--server")
        {
            Description = $"The scheduler's address (GPUSCHED_SERVER, else {DefaultServer})", HelpName = "URL",
        };
        var name = new Option<string?>("--name") { Description = "This node's name (the inventory's, else the host's)", HelpName = "NAME" };
        var inventory = new Option<string?>("--inventory") { Description = "Declared inventory instead of detection", HelpName = "FILE" };
        var address = new Option<string?>("--address")
        {
            Description = "Where the other nodes of a gang reach this one (the host's name)", HelpName = "HOST",
        };
        var data = new Option<string?>("--data") { Description = "Data directory (~/.local/share/gpusched/worker-NAME)", HelpName = "DIR" };
        var level = new Choice<LogEventLevel>(
            "--log-level", "LEVEL", "How much to log", "info",
            ("debug", LogEventLevel.Debug), ("info", LogEventLevel.Information), ("warning", LogEventLevel.Warning),
            ("error", LogEventLevel.Error));
        var stop = new Option<bool>("--stop-attempts-on-exit")
        {
            Description = "When it is told to stop, stop what runs, instead of leaving it to the next worker",
        };
        var groups = new Choice<CgroupChoice>(
            "--cgroup", "CHOICE", "A control group (cgroup v2) for each attempt", "auto",
            ("auto", CgroupChoice.Auto), ("off", CgroupChoice.Off));
        var supervisor = new Choice<SupervisorChoice>(
            "--supervisor", "CHOICE", "What waits for each attempt's end: machine code where it runs, or a shell", "auto",
            ("auto", SupervisorChoice.Auto), ("shell", SupervisorChoice.Shell));
        var limit = new Option<bool>("--limit-memory")
        {
            Description = "Hold each job to the memory it asked for; needs a control group that may",
        };
        var log = new Option<string>("--log-limit")
        {
            Description = "How much to keep of each attempt's output: beginning and end; none: all",
            DefaultValueFactory = _ => "1GiB",
            HelpName = "SIZE",
        };
        var keep = new Option<string>("--keep-checkpoints")
        {
            Description = "How long to keep the checkpoints of ended jobs that name no directory of their own; none: for ever. Those of "
                + "completed jobs, and their output, stay as long as the scheduler's history.keep says",
            DefaultValueFactory = _ => "7d",
            HelpName = "TIME",
        };
        var reserve = new Option<string>("--disk-reserve")
        {
            Description = "Free room below which what completed jobs left goes, the oldest first: SIZE, none, or auto (a twentieth of the "
                + "disk, at most 20GiB). Unless it is none, a twentieth of the disk's inodes is reserved, too",
            DefaultValueFactory = _ => "auto",
            HelpName = "SIZE",
        };
        var store = new Option<string?>("--store-file")
        {
            Description = "Join only the scheduler whose store this file names: 'store' in the scheduler's data directory",
            HelpName = "FILE",
        };
        var command = new RootCommand("Runs jobs on this node for the gpusched scheduler")
        {
            server, name, inventory, address, data, level.Option, stop, groups.Option, supervisor.Option, limit, log, keep, reserve, store,
        };
        command.SetAction(parsed => run(new(
            Server(parsed.GetValue(server)),
            Name(parsed.GetValue(name)),
            parsed.GetValue(inventory),
            parsed.GetValue(data),
            level.In(parsed),
            parsed.GetValue(stop))
        {
            Address = Address(parsed.GetValue(address)),
            StoreFile = parsed.GetValue(store),
            Groups = groups.In(parsed),
            Supervisor = supervisor.In(parsed),
            LimitMemory = parsed.GetValue(limit),
            KeepCheckpoints = KeepCheckpoints(parsed.GetValue(keep)!),
            LogLimit = LogLimit(parsed.GetValue(log)!),
            DiskReserve = DiskReserve(parsed.GetValue(reserve)!),
        }));
        return command;
    }

    private static Uri Server(string? given)
    {
        var text = given ?? Environment.GetEnvironmentVariable("GPUSCHED_SERVER") ?? DefaultServer;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw new StartupException($"--server is '{text}'; allowed: http://HOST:PORT or https://HOST:PORT");
        return AnyAddress.Is(server) ? throw new StartupException($"--server is '{text}': {AnyAddress.Instead(server)}") : server;
    }

    private static string? Name(string? given) => given is null || NodeName.IsValid(given)
        ? given
        : throw new StartupException($"--name is '{given}'; allowed: {NodeName.Allowed}");

    private static string? Address(string? given) => given is null || NodeAddress.IsValid(given)
        ? given
        : throw new StartupException($"--address is '{given}'; allowed: {NodeAddress.Allowed}");

    private static long? LogLimit(string given) => given == "none"
        ? null
        : MemorySize.ParseMib(given) << 20
            ?? throw new StartupException($"--log-limit is '{given}'; allowed: {MemorySize.Allowed}, or none");

    private static long? DiskReserve(string given) => given switch
    {
        "auto" => null,
        "none" => 0,
        _ => MemorySize.ParseMib(given) << 20
            ?? throw new StartupException($"--disk-reserve is '{given}'; allowed: {MemorySize.Allowed}, none, or auto"),
    };

    private static TimeSpan? KeepCheckpoints(string given) => given == "none"
        ? null
        : KeepTime.Parse(given)
            ?? throw new StartupException($"--keep-checkpoints is '{given}'; allowed: {KeepTime.Allowed}, or none");
}
