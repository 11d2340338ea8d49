using System.Runtime.InteropServices;
using GpuScheduler.Common.Telemetry;
using GpuScheduler.Common.Tracing;
using GpuScheduler.Worker.CommandLine;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Inventory;
using GpuScheduler.Worker.Observability;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker;

/// <summary>Runs a worker from the command line until SIGTERM, SIGINT, SIGQUIT, or SIGHUP, which comes when its terminal closes.</summary>
internal static partial class WorkerHost
{
    public static async Task<int> RunAsync(WorkerOptions options, TimeProvider time, Func<double> chance, Func<string> newId)
    {
        OpenFiles.KeepFromOthers();
        OwnFiles.KeepNewFilesFromOthers();
        var otlp = Otlp();
        var inventory = options.Inventory is { } file ? InventoryFile.Read(file) : new DetectedInventory().Read();
        var asked = options.Name ?? inventory.Node;
        var node = asked ?? Environment.MachineName;
        if (!NodeName.IsValid(node))
            throw new StartupException($"this host's name '{node}' can't be a node's name; allowed with --name: {NodeName.Allowed}");
        var others = asked is null && options.Data is null ? OtherNames.Beside(options.DataFor(node)) : [];
        var home = Open(options.DataFor(node));
        using var only = DataDirectoryLock.Take(home);
        OwnFiles.TakeFromOthers(home.Root);
        using var logging = WorkerLogging.Create(home, options.LogLevel);
        var log = logging.CreateLogger(nameof(WorkerHost));
        if (others.Count > 0) LogName(log, OtherNames.Words(node, home.Root, others));
        var identity = NodeIdentity.Take(home, node, asked is not null, newId, said => LogName(log, said)) with { Folder = only.Folder() };
        using var traces = TraceSender.Start(otlp, LaunchTraces.Source, "gpusched-worker", WorkerAgent.Version().Split('+')[0]);
        using var stopping = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Leave(signal, stopping));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Leave(signal, stopping));
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Leave(signal, stopping));
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => Leave(signal, stopping));
        try
        {
            await using var worker = new WorkerAgent(options, identity, inventory, home, time, chance, logging);
            await worker.RunAsync(stopping.Token);
            return 0;
        }
        catch (IOException error)
        {
            throw NotUsable(home.Root, error);
        }
    }

    /// <exception cref="StartupException">A variable can't be meant.</exception>
    private static OtlpSettings Otlp()
    {
        var settings = OtlpSettings.Read(Environment.GetEnvironmentVariable);
        return settings.Faults.Count == 0 ? settings : throw new StartupException(string.Join(
            '\n', settings.Faults.Select(fault => $"{fault.Variable} is '{fault.Value}'; allowed: {fault.Allowed}")));
    }

    [LoggerMessage(5031, LogLevel.Warning, "{What}")]
    private static partial void LogName(ILogger logger, string what);

    /// <exception cref="StartupException">The directory can't be made or written.</exception>
    private static WorkerHome Open(string path)
    {
        try
        {
            return new(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotUsable(path, error);
        }
    }

    private static StartupException NotUsable(string data, Exception error) =>
        new($"--data '{data}' can't be used: {error.Message}; allowed: a directory that this user can write, on a disk that isn't full");

    private static void Leave(PosixSignalContext signal, CancellationTokenSource stopping)
    {
        signal.Cancel = true;
        stopping.Cancel();
    }
}
