using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common;

namespace GpuScheduler.Client.Commands;

/// <summary>Where 'up' keeps what it started, and 'down' finds it.</summary>
internal sealed class LocalPool
{
    private static readonly string[] OwnFiles = ["scheduler.log", "scheduler.pid", "worker*.log", "worker*.pid", "up.txt"];

    private readonly ClientContext context;

    public LocalPool(string? data, ClientContext context)
    {
        this.context = context;
        Directory = data is not null ? context.FullPath(data) : DefaultDirectory(context);
        Scheduler = new("scheduler", Directory, context);
        Worker = new("worker", Directory, context);
    }

    public string Directory { get; }

    public BackgroundProcess Scheduler { get; }

    public BackgroundProcess Worker { get; }

    /// <summary>Every worker that was started here, by pid file: a demo that was kept has several.</summary>
    public IEnumerable<BackgroundProcess> Workers => !System.IO.Directory.Exists(Directory) ? [] : System.IO.Directory
        .EnumerateFiles(Directory, "worker*.pid")
        .Order(StringComparer.Ordinal)
        .Select(file => new BackgroundProcess(Path.GetFileNameWithoutExtension(file), Directory, context));

    /// <summary>The scheduler's address and the workers' names, one a line.</summary>
    private string NotesFile => Path.Combine(Directory, "up.txt");

    /// <summary>The queue on disk, written by the scheduler alone.</summary>
    public string Store => Path.Combine(SchedulerData, "gpusched.db");

    /// <summary>The scheduler's data folder.</summary>
    public string SchedulerData => Path.Combine(Directory, "scheduler");

    /// <summary>Which store the scheduler of this folder has, written by the scheduler once it can be called.</summary>
    public string StoreFile => Path.Combine(SchedulerData, "store");

    /// <summary>Where the scheduler of this folder listens, written by the scheduler once it does; null: it has never said so.</summary>
    public string? SchedulerAddress
    {
        get
        {
            try
            {
                return File.Exists(AddressFile) && File.ReadAllText(AddressFile).Trim() is { Length: > 0 } address
                    ? OpenAddress.Here(address)
                    : null;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>Makes the folder, closed to other accounts with all that 'up' keeps in it. What an earlier version left open is closed,
    /// too; other files there stay as they are.</summary>
    public void MakeDirectory()
    {
        var folder = System.IO.Directory.CreateDirectory(Directory);
        OwnerAlone.Close(folder);
        foreach (var file in OwnFiles.SelectMany(folder.EnumerateFiles)) OwnerAlone.Close(file);
    }

    private string AddressFile => Path.Combine(SchedulerData, "address");

    /// <summary>One that was killed leaves its address behind, which says nothing of the next one.</summary>
    public void ForgetSchedulerAddress()
    {
        if (File.Exists(AddressFile)) File.Delete(AddressFile);
    }

    public void Note(string address, IEnumerable<string> nodes) =>
        OwnFile.Write(NotesFile, string.Concat(nodes.Prepend(address).Select(line => line + "\n")));

    public (string Address, IReadOnlyList<string> Nodes)? Notes =>
        File.Exists(NotesFile) && File.ReadAllLines(NotesFile) is [var address, .. var nodes] ? (address, nodes) : null;

    private static string DefaultDirectory(ClientContext context)
    {
        var share = context.Variable("XDG_DATA_HOME");
        return share.Length > 0
            ? Path.Combine(share, "gpusched")
            : context.Variable("HOME") is { Length: > 0 } home
            ? Path.Combine(home, ".local/share/gpusched")
            : throw CommandException.Usage("HOME is not set: say where to keep the queue and the logs with --data DIR");
    }
}
