using Serilog.Events;

namespace GpuScheduler.Worker.CommandLine;

/// <summary>What the command line says.</summary>
/// <param name="Name">Null: the inventory's, else the host's.</param>
/// <param name="Inventory">Null: what the machine has.</param>
/// <param name="Data">Null: ~/.local/share/gpusched/worker-NAME.</param>
/// <param name="StopAttemptsOnExit">False: what runs goes on, and the next worker takes it up again.</param>
internal sealed record WorkerOptions(
    Uri Server, string? Name, string? Inventory, string? Data, LogEventLevel LogLevel, bool StopAttemptsOnExit)
{
    public string DataFor(string name) => Data ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "gpusched", $"worker-{name}");
}
