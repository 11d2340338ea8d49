using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Supervision;
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
    /// <summary>Where other nodes reach this one; null: by the machine's name.</summary>
    public string? Address { get; init; }

    /// <summary>Names the only store whose scheduler is joined; null: any is.</summary>
    public string? StoreFile { get; init; }

    /// <summary>Whether each attempt gets a control group.</summary>
    public CgroupChoice Groups { get; init; } = CgroupChoice.Auto;

    /// <summary>What waits for each attempt's end.</summary>
    public SupervisorChoice Supervisor { get; init; } = SupervisorChoice.Auto;

    /// <summary>True: an attempt that takes more memory than its job asked for is killed, as if the machine had no more.</summary>
    public bool LimitMemory { get; init; }

    /// <summary>Bytes kept of each output file in an attempt's folder; null: all.</summary>
    public long? LogLimit { get; init; } = 1L << 30;

    /// <summary>How long to keep the checkpoints of a job that has ended, where they lie in the data directory; null: for ever.
    /// Those of a completed job stay for longer: as long as the scheduler keeps history, while there is room.</summary>
    public TimeSpan? KeepCheckpoints { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Bytes of the disk that what completed jobs left must leave free; null: a twentieth, at most 20 GiB.</summary>
    public long? DiskReserve { get; init; }

    public string DataFor(string name) => Data ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "gpusched", $"worker-{name}");
}
